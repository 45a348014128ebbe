using System.Globalization;
using System.Text.Encodings.Web;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>Weeks of days: a table where there is room; on a phone the list of the days that have something. Inside: <c>crm-calendar-week</c>.</summary>
[HtmlTargetElement("crm-calendar", Attributes = "label,days")]
public sealed class CalendarTag(IStringLocalizer L) : KitTag
{
    /// <summary>What is shown, for whoever cannot see it.</summary>
    public string Label { get; set; } = "";

    /// <summary>The days of one week: their names head the columns.</summary>
    public IEnumerable<DateOnly> Days { get; set; } = [];

    /// <summary>On a phone the days before today wait behind a link, so that the list begins with what is next.</summary>
    public bool FromToday { get; set; }

    /// <summary>A week alone has more room.</summary>
    public bool Tall { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var weeks = await output.GetChildContentAsync();
        Become(output, "table", $"crm-calendar{(Tall ? " is-tall" : "")}");
        output.Attributes.SetAttribute("data-calendar", "");
        if (FromToday)
        {
            // no script: the table is what the link leads to, and as the target it shows all of itself
            output.AddClass("is-from-today", HtmlEncoder.Default);
            output.Attributes.SetAttribute("id", "all-days");
            output.PreElement.AppendHtml(El("a", "crm-calendar-earlier", Glyph("chevron-up"), El("span", null, L["Earlier days"])).Attr("href", "#all-days"));
        }

        var head = El("tr");
        foreach (var day in Days) head.Add(El("th", null, LocalTime.Weekday(day)).Attr("scope", "col"));
        output.Content.SetHtmlContent(El("caption", "visually-hidden", Label));
        output.Content.AppendHtml(El("thead", null, head));
        output.Content.AppendHtml(El("tbody", null, weeks));
    }
}

[HtmlTargetElement("crm-calendar-week")]
public sealed class CalendarWeekTag : KitTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "tr", "crm-calendar-week");
}

/// <summary>A day; its number leads to <c>href</c>. Inside: <c>crm-calendar-entry</c>. Slot: <c>more</c>.</summary>
[HtmlTargetElement("crm-calendar-day", Attributes = "date,href")]
public sealed class CalendarDayTag(LocalTime time) : KitTag
{
    public DateOnly Date { get; set; }
    public string Href { get; set; } = "";

    /// <summary>Belongs to the month before or after.</summary>
    public bool Outside { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var slots = Slots.Open(context);
        var entries = await output.GetChildContentAsync();
        var today = Date == time.Today;
        Become(output, "td", $"crm-calendar-day{(Outside ? " is-outside" : "")}{(today ? " is-today" : Date < time.Today ? " is-gone" : "")}{(entries.IsEmptyOrWhiteSpace ? " is-empty" : "")}");
        var number = El("a", "crm-calendar-date",
                El("time", null, El("span", "crm-calendar-number", LocalTime.DayNumber(Date)).Attr("aria-hidden", "true"), El("span", "crm-calendar-long", time.Day(Date)))
                    .Attr("datetime", Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
            .Attr("href", Resolve(Href)).Attr("aria-current", today ? "date" : null);
        output.Content.SetHtmlContent(number);
        if (!entries.IsEmptyOrWhiteSpace) output.Content.AppendHtml(El("ul", "crm-calendar-entries", entries));
        if (slots["more"] is { } more) output.Content.AppendHtml(El("div", "crm-calendar-more", more));
    }
}

/// <summary>What stands on a day: an icon, perhaps a time, and a few words; <c>href</c> opens it, in a dialog with <c>dialog</c>.</summary>
[HtmlTargetElement("crm-calendar-entry", Attributes = "text", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class CalendarEntryTag(LocalTime time) : KitTag
{
    public string Text { get; set; } = "";

    /// <summary>UTC.</summary>
    public DateTime? At { get; set; }

    public string Icon { get; set; } = "point";
    public Tone Tone { get; set; }
    public string? Href { get; set; }
    public bool Dialog { get; set; }

    /// <summary>Lies behind us: done, or held.</summary>
    public bool Past { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        Become(output, "li", "");
        output.Attributes.RemoveAll("class");
        output.Content.SetHtmlContent(El(Href is null ? "span" : "a", $"crm-calendar-entry {Css(Tone)}{(Past ? " is-past" : "")}",
                Glyph(Icon), At is { } at ? El("span", "crm-calendar-time", time.Time(at)) : null, El("bdi", null, Text))
            .Attr("href", Resolve(Href)).Attr("title", Text).Flag("data-dialog", Dialog && Href is not null));
    }
}
