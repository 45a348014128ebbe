using CrmWeb.Web.Platform.Jobs;

namespace CrmWeb.Web.Features.Cases;

public static class CasesSetup
{
    public static IServiceCollection AddCases(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CaseAlarm>().AddScoped<IJobHandler, ClockMovingJob>();
        if (configuration.GetValue("Jobs:Run", true)) services.AddHostedService(provider => provider.GetRequiredService<CaseAlarm>());
        return services;
    }
}
