using System.Text.Encodings.Web;
using CrmWeb.Web.Features.Shared.Files;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Views;

namespace CrmWeb.Web.Features.Shared;

public static class KitSetup
{
    /// <summary>Views beside their controllers, texts in two languages, and the kit they are made of.</summary>
    public static IMvcBuilder AddKit(this IMvcBuilder mvc)
    {
        mvc.Services.AddCrmLocalisation();
        mvc.Services.AddSingleton<HtmlEncoder, PageEncoder>();
        mvc.Services.AddSingleton<DrawnParts>();
        mvc.Services.AddSingleton<Icons>();
        mvc.Services.AddSingleton<AttachmentFiles>().AddSingleton<FileInspection>();
        mvc.Services.AddAntiforgery(options => options.HeaderName = "X-CSRF-TOKEN");
        mvc.AddMvcOptions(options => options.Filters.Add<ChangedMeanwhile>());
        return mvc.AddFeatureViews().AddCrmTexts();
    }
}
