using System.Text.Encodings.Web;
using System.Text.Unicode;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Views;
using Microsoft.Extensions.WebEncoders;

namespace CrmWeb.Web.Features.Shared;

public static class KitSetup
{
    /// <summary>Views beside their controllers, texts in two languages, and the kit they are made of.</summary>
    public static IMvcBuilder AddKit(this IMvcBuilder mvc)
    {
        mvc.Services.AddCrmLocalisation();
        // letters of every script stand in a page as they are, not as numbers four times as long; what has a meaning in HTML stays escaped
        mvc.Services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        mvc.Services.AddSingleton<DrawnParts>();
        mvc.Services.AddSingleton<Icons>();
        mvc.Services.AddAntiforgery(options => options.HeaderName = "X-CSRF-TOKEN");
        mvc.AddMvcOptions(options => options.Filters.Add<ChangedMeanwhile>());
        return mvc.AddFeatureViews().AddCrmTexts();
    }
}
