using System.Text.Encodings.Web;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>What happened, newest first: <c>crm-timeline-day</c> and <c>crm-timeline-item</c>.</summary>
[HtmlTargetElement("crm-timeline")]
public sealed class TimelineTag : KitTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "ol", "crm-timeline");
}

[HtmlTargetElement("crm-timeline-day", Attributes = "date", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TimelineDayTag(LocalTime time) : KitTag
{
    public DateOnly Date { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "li", "crm-timeline-day");
        output.Content.SetContent(time.Day(Date));
    }
}

/// <summary>One entry; what stands inside is its body. Slots: <c>meta</c> (badges), <c>actions</c>.</summary>
[HtmlTargetElement("crm-timeline-item", Attributes = "title")]
public sealed class TimelineItemTag(LocalTime time, IStringLocalizer L, HtmlEncoder encoder) : KitTag
{
    public string Title { get; set; } = "";

    /// <summary>call, email, meeting, chat, social, visit, note, task: gives the icon.</summary>
    public string? Channel { get; set => field = value.OrNull(); }

    public string? Icon { get; set => field = value.OrNull(); }
    public Tone Tone { get; set; }
    public string? Href { get; set => field = value.OrNull(); }

    /// <summary>Opens <see cref="Href"/> in a dialog.</summary>
    public bool Dialog { get; set; }

    public string? By { get; set => field = value.OrNull(); }

    /// <summary>UTC.</summary>
    public DateTime? At { get; set; }

    /// <summary>Still to come.</summary>
    public bool Planned { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var slots = Slots.Open(context);
        var body = await output.GetChildContentAsync();
        output.TagName = null;
        output.Content.SetHtmlContent(new TimelineItem(Title, Glyph(Icon ?? Channels.IconOf(Channel)))
        {
            Tone = Tone,
            Href = Resolve(Href),
            Dialog = Dialog,
            PlannedWord = Planned ? L["Planned"].Value : null,
            Meta = slots["meta"],
            By = By,
            At = At is { } at ? TimeTag.Draw(time, at, TimeShow.Time) : null,
            // lines of what people wrote are kept, those of the view around it are not
            Body = body.IsEmptyOrWhiteSpace ? null : new HtmlString(body.GetContent(encoder).Trim()),
            Actions = slots["actions"],
        });
    }
}
