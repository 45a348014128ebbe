using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;

namespace CrmWeb.Web.Platform.Views;

/// <summary>Finds a view beside its controller: <c>Features.Customers.CustomersController</c> shows <c>Features/Customers/{view}.cshtml</c>.</summary>
public static class FeatureViews
{
    public static IMvcBuilder AddFeatureViews(this IMvcBuilder mvc)
    {
        mvc.Services.AddHttpContextAccessor();
        mvc.Services.AddSingleton<Assets>();
        WholePages.AddTo(mvc.Services);
        return mvc.AddRazorOptions(options =>
        {
            options.ViewLocationFormats.Clear();
            options.ViewLocationFormats.Add("/Features/Shared/{0}.cshtml");
            options.ViewLocationExpanders.Add(new FeatureFolder());
        });
    }

    private sealed class FeatureFolder : IViewLocationExpander
    {
        private const string Key = "feature";
        private const string Marker = ".Features.";

        public void PopulateValues(ViewLocationExpanderContext context) => context.Values[Key] = FolderOf(context);

        public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations) =>
            context.Values.TryGetValue(Key, out var folder) && folder is not null
                ? viewLocations.Prepend($"/Features/{folder}/{{0}}.cshtml")
                : viewLocations;

        private static string? FolderOf(ViewLocationExpanderContext context)
        {
            if (context.ActionContext.ActionDescriptor is not ControllerActionDescriptor action) return null;
            var space = action.ControllerTypeInfo.Namespace ?? "";
            var at = space.IndexOf(Marker, StringComparison.Ordinal);
            return at < 0 ? null : space[(at + Marker.Length)..].Replace('.', '/');
        }
    }
}
