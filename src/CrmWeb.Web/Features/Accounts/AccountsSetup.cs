using CrmWeb.Web.Platform.Security;

namespace CrmWeb.Web.Features.Accounts;

public static class AccountsSetup
{
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<SignInSteps>();
        services.AddScoped<AccountLetters>();
        services.AddScoped<TenantFounding>();
        services.AddScoped<Joining>();
        return services.AddRequestLimits(configuration);
    }
}
