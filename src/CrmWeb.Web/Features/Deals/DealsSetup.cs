using CrmWeb.Web.Features.Deals.Forecast;
using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Deals;

public static class DealsSetup
{
    public static IServiceCollection AddDeals(this IServiceCollection services) => services.AddScoped<IJobHandler, ForecastJob>();
}
