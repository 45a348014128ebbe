using CrmWeb.Web.Features.Shared;

namespace CrmWeb.Web.Features.Notifications;

public static class NotificationsSetup
{
    public static IServiceCollection AddNotifications(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<MemberNotifications>().AddSingleton<NotificationMemory>();
        services.AddScoped<NotificationLetters>().AddSingleton<UnsubscribeLinks>().AddSingleton<NotificationMails>();
        if (configuration.GetValue("Jobs:Run", true)) services.AddHostedService(provider => provider.GetRequiredService<NotificationMails>());
        return services;
    }
}
