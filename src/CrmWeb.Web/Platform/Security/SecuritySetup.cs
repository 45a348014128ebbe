using System.Security.Cryptography.X509Certificates;
using CrmWeb.Data;
using CrmWeb.Data.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;

namespace CrmWeb.Web.Platform.Security;

/// <summary>Logins, cookies and keys.</summary>
public static class SecuritySetup
{
    public static readonly TimeSpan SignedInFor = TimeSpan.FromDays(14);

    public static IServiceCollection AddLogins(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddIdentityCore<AppUser>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // the name of a login is its mail address, and those have more letters than Identity's list
                identity.User.AllowedUserNameCharacters = "";
                // length beats composition (NIST SP 800-63B)
                identity.Password.RequiredLength = 10;
                identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                identity.SignIn.RequireConfirmedEmail = true;
            })
            .AddEntityFrameworkStores<CrmDb>().AddSignInManager().AddDefaultTokenProviders();

        services.AddScoped<Sessions>();
        services.AddScoped<LoginTries>();
        services.AddScoped<TwoFactor>();
        services.AddScoped<MailLinks>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(options =>
            {
                options.EventsType = typeof(Sessions);
                options.Cookie.Name = "crm";
                options.ExpireTimeSpan = SignedInFor;
                options.SlidingExpiration = true;
                options.LoginPath = "/sign-in";
                options.ReturnUrlParameter = "returnUrl";
            });
        });
        services.AddKeys(configuration);
        return services;
    }

    /// <summary>Before the cookies are read.</summary>
    public static IApplicationBuilder UseSharedKeys(this WebApplication app)
    {
        if (app.Environment.IsProduction() && string.IsNullOrEmpty(app.Configuration["Keys:Certificate"]))
            app.Logger.LogWarning("The keys that protect cookies are stored in the database unencrypted: name a certificate in Keys:Certificate");
        return app.UseMiddleware<KeyWatchMiddleware>();
    }

    private static void AddKeys(this IServiceCollection services, IConfiguration configuration)
    {
        var keys = services.AddDataProtection().SetApplicationName("CrmWeb");
        // a ring that is out of date is read again before it is used, not some time after
        AppContext.SetSwitch("Microsoft.AspNetCore.DataProtection.KeyManagement.DisableAsyncKeyRingUpdate", true);
        services.AddSingleton<KeyWatch>();
        services.AddSingleton<XmlKeyManager>();
        services.AddSingleton<IKeyManager, WatchedKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory>((options, scopes) => options.XmlRepository = new KeyRing(scopes));
        if (configuration["Keys:Certificate"] is { Length: > 0 } file)
            keys.ProtectKeysWithCertificate(X509CertificateLoader.LoadPkcs12FromFile(file, configuration["Keys:CertificatePassword"]));
    }
}
