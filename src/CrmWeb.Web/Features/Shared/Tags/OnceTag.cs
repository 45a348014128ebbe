using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>
/// A part of a page that <see cref="DrawnParts"/> draws once. <c>name</c> is the part's; <c>by</c> is everything in it that may differ, the language
/// aside; null draws it anew. Inside stands no record, no token, and no id that is counted.
/// </summary>
[HtmlTargetElement("crm-once", Attributes = "name,by")]
public sealed class OnceTag(DrawnParts drawn) : TagHelper
{
    public string Name { get; set; } = "";
    public object? By { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        output.Content.SetHtmlContent(By is null ? await output.GetChildContentAsync() : await drawn.Once(Name, By, async () => await output.GetChildContentAsync()));
    }
}
