using CrmWeb.Web.Features.Segments.Building;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Segments;

public static class SegmentsSetup
{
    public static IServiceCollection AddSegments(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IJobHandler, SegmentRefreshJob>().AddScoped<IJobHandler, TierFollowingJob>().AddSingleton<SegmentWatch>();
        if (configuration.GetValue("Jobs:Run", true)) services.AddHostedService(provider => provider.GetRequiredService<SegmentWatch>());
        return services.Configure<MvcOptions>(mvc => mvc.ModelBinderProviders.Insert(0, new RulePartProvider()));
    }
}
