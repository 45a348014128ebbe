using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Rates;

public static class RatesSetup
{
    public static IServiceCollection AddRates(this IServiceCollection services) => services.AddScoped<IJobHandler, ReweighJob>();
}
