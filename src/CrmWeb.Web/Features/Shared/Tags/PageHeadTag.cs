using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>The head of a page: where one is, what it is, what can be done. What stands inside are the actions. Slot: <c>beside</c> (badges after the title).</summary>
[HtmlTargetElement("crm-page-head", Attributes = "title")]
public sealed class PageHeadTag(IStringLocalizer L) : KitTag
{
    public string Title { get; set; } = "";
    public string? Description { get; set => field = value.OrNull(); }
    public IReadOnlyList<Crumb>? Crumbs { get; set; }

    /// <summary>The name whose initials stand before the title: on the page of a customer or a member.</summary>
    public string? Avatar { get; set => field = value.OrNull(); }

    public bool Organisation { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ViewContext.ViewData["Title"] = Title;
        var slots = Slots.Open(context);
        var actions = await output.GetChildContentAsync();
        Become(output, "header", "crm-page-head");
        if (Crumbs is { Count: > 0 }) output.Content.AppendHtml(Trail(Crumbs));

        var heading = El("div", "crm-page-heading");
        if (Avatar is not null) heading.Add(AvatarTag.Draw(Avatar, "lg", Organisation));
        heading.Add(El("div", "crm-page-words",
            El("div", "crm-page-title", El("h1", null, El("bdi", null, Title)), slots["beside"]),
            Description is null ? null : El("p", "crm-page-description", Description)));
        var row = El("div", "crm-page-row", heading);
        if (!actions.IsEmptyOrWhiteSpace) row.Add(El("div", "crm-actions", actions));
        output.Content.AppendHtml(row);
    }

    private Microsoft.AspNetCore.Mvc.Rendering.TagBuilder Trail(IReadOnlyList<Crumb> crumbs)
    {
        var list = El("ol", "crm-crumbs");
        foreach (var crumb in crumbs)
        {
            list.Add(El("li", null, crumb.Url is null
                ? El("span", null, El("bdi", null, crumb.Text)).Attr("aria-current", "page")
                : El("a", null, El("bdi", null, crumb.Text)).Attr("href", Resolve(crumb.Url))));
        }

        return El("nav", null, list).Attr("aria-label", L["Breadcrumb"]);
    }
}
