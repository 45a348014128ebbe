using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared.Files;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>An interaction as an entry of a timeline, with what the member may do with it. A page shows thirty, so it is drawn without tags inside.</summary>
[HtmlTargetElement("crm-interaction", Attributes = "row", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class InteractionTag(LocalTime time, IStringLocalizer L, CurrentMember me, Mentioning mentions) : KitTag
{
    public InteractionRow Row { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        await mentions.Load([Row.Body]);
        var may = me.May(Permissions.LogInteractions);
        var here = string.Create(CultureInfo.InvariantCulture, $"~/interactions/{Row.Id}");
        output.TagName = null;
        output.Content.SetHtmlContent(new TimelineItem(string.IsNullOrEmpty(Row.Subject) ? L.Of(Row.Channel) : Row.Subject, Glyph(Channels.IconOf(Row.Channel.ToString())))
        {
            Href = may ? Resolve(here) : null,
            Dialog = true,
            PlannedWord = Row.IsPlanned ? L["Planned"].Value : null,
            Meta = Meta(),
            By = Row.MemberName,
            At = TimeTag.Draw(time, Row.OccurredAt, TimeShow.Time),
            Body = string.IsNullOrEmpty(Row.Body) && Row.Files is not { Count: > 0 } ? null : Body(),
            Actions = may ? Actions(here) : null,
        });
    }

    private object?[] Text(string body) => [.. MentionText.Pieces(body).Select(piece => piece.Member is { } member
        ? El("bdi", "crm-mention", "@" + (mentions.NameOf(member) ?? "?")) : (object)piece.Text)];

    private HtmlContentBuilder Body()
    {
        var body = new HtmlContentBuilder();
        if (!string.IsNullOrEmpty(Row.Body)) body.AppendHtml(El("bdi", null, Text(Row.Body)));
        if (Row.Files is { Count: > 0 } files) body.AppendHtml(El("ul", "crm-attached", [.. files.Select(file => El("li", null, FileTag.Link(file.Id, file.Name, file.MediaType, Resolve("~/files/")!, Glyph(FileType.IconOf(file.MediaType)))))]));
        return body;
    }

    private HtmlContentBuilder Meta()
    {
        var meta = new HtmlContentBuilder();
        if (Row.CustomerName is not null)
            meta.AppendHtml(El("a", null, El("bdi", null, Row.CustomerName)).Attr("href", Resolve(string.Create(CultureInfo.InvariantCulture, $"~/customers/{Row.CustomerId}"))));
        if (Row.Direction == Direction.Inbound) meta.AppendHtml(BadgeTag.Draw(L.Of(Direction.Inbound), Tone.Neutral, Glyph("arrow-left")));
        if (Row.Outcome != Outcome.None) meta.AppendHtml(BadgeTag.Draw(L.Of(Row.Outcome), Words.ToneOf(Row.Outcome)));
        if (Row.Minutes is { } minutes) meta.AppendHtml(El("span", "crm-hint", L["{0} min", Digits.Number(minutes)]));
        return meta;
    }

    private IHtmlContent Actions(string here)
    {
        var actions = new HtmlContentBuilder();
        if (Row.IsPlanned)
            actions.AppendHtml(Posting(El("button", "btn crm-btn btn-sm", Glyph("check"), El("span", null, L["Done"])), $"{here}/done", inPlace: true));
        var edit = MenuItemTag.Draw(L["Edit"], Glyph("pencil"), Resolve(here)).Flag("data-dialog");
        var delete = Posting(MenuItemTag.Draw(L["Delete"], Glyph("trash"), danger: true), $"{here}/delete", inPlace: true);
        var id = NewId("menu");
        return actions.AppendHtml(El("div", "crm-menu",
            MenuTag.Opener(id, "btn btn-ghost-secondary btn-icon btn-sm", Glyph("dots")).Attr("aria-label", L["More"]).Attr("title", L["More"]), MenuTag.List(id, L["More"], edit, delete)));
    }
}
