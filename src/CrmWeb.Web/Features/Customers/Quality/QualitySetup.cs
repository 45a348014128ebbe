using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Customers.Quality;

public static class QualitySetup
{
    public static IServiceCollection AddQuality(this IServiceCollection services) => services.AddScoped<IJobHandler, QualityJob>().AddScoped<StaleRun>();
}
