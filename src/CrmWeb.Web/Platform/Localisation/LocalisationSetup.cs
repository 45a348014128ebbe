using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Platform.Localisation;

/// <summary>The language of a request: asked for in the address, chosen before, set by the member, or what the browser prefers.</summary>
public static class LocalisationSetup
{
    private const string Asked = "lang";

    public static IServiceCollection AddCrmLocalisation(this IServiceCollection services)
    {
        var texts = new Texts(typeof(LocalisationSetup).Assembly);
        services.AddSingleton(texts);
        services.AddSingleton<IStringLocalizer>(texts);
        services.AddSingleton<IStringLocalizerFactory>(texts);
        services.AddScoped<LocalTime>();
        services.AddHttpContextAccessor();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            CultureInfo[] cultures = [.. Languages.All.Select(language => Cultures.Of(language.Code))];
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            options.DefaultRequestCulture = new RequestCulture(cultures[0]);
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(FromAddress),
                new CustomRequestCultureProvider(context => Choice(context.Request.Cookies[Languages.Cookie])),
                new CustomRequestCultureProvider(context => Choice(Viewer.Of(context).Language)),
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
        return services;
    }

    /// <summary>Names of fields and messages of validation attributes go through the same texts.</summary>
    public static IMvcBuilder AddCrmTexts(this IMvcBuilder mvc)
    {
        mvc.Services.AddOptions<MvcOptions>().Configure<IStringLocalizer>(SayInOurWords);
        return mvc.AddDataAnnotationsLocalization(options => options.DataAnnotationLocalizerProvider = (type, factory) => factory.Create(type));
    }

    private static void SayInOurWords(MvcOptions options, IStringLocalizer L)
    {
        // a field that must be filled in says so through its validator, once
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((value, name) => L["'{0}' does not fit here.", value]);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(value => L["'{0}' does not fit here.", value]);
        messages.SetValueIsInvalidAccessor(value => L["'{0}' does not fit here.", value]);
        messages.SetUnknownValueIsInvalidAccessor(name => L["This does not fit here."]);
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => L["This does not fit here."]);
        messages.SetValueMustBeANumberAccessor(name => L["Please give a number."]);
        messages.SetNonPropertyValueMustBeANumberAccessor(() => L["Please give a number."]);
        messages.SetValueMustNotBeNullAccessor(value => L["Please fill this in."]);
        messages.SetMissingBindRequiredValueAccessor(name => L["Please fill this in."]);
        messages.SetMissingKeyOrValueAccessor(() => L["Please fill this in."]);
        messages.SetMissingRequestBodyRequiredValueAccessor(() => L["Please fill this in."]);
    }

    public static IApplicationBuilder UseCrmLocalisation(this IApplicationBuilder app) => app.UseRequestLocalization();

    public static void Remember(HttpResponse response, string cookie, string value) =>
        response.Cookies.Append(cookie, value, new CookieOptions
        {
            MaxAge = TimeSpan.FromDays(365),
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = response.HttpContext.Request.IsHttps,
        });

    private static Task<ProviderCultureResult?> FromAddress(HttpContext context)
    {
        var asked = context.Request.Query[Asked].ToString();
        if (Languages.Known(asked) && context.Request.Cookies[Languages.Cookie] != asked) Remember(context.Response, Languages.Cookie, asked);
        return Choice(asked);
    }

    private static Task<ProviderCultureResult?> Choice(string? code) =>
        Task.FromResult(Languages.Known(code) ? new ProviderCultureResult(code) : null);
}
