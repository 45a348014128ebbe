using System.Globalization;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

public enum TimeShow
{
    Relative,
    DateAndTime,
    Date,
    Time,
}

/// <summary>An instant (<c>at</c>, UTC) in the zone and calendar of the viewer, or a calendar date (<c>date</c>). Nothing is shown as a dash.</summary>
[HtmlTargetElement("crm-time", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class TimeTag(LocalTime time) : TagHelper
{
    public DateTime? At { get; set; }
    public DateOnly? Date { get; set; }
    public TimeShow Show { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (At is { } at) output.Content.SetHtmlContent(Draw(time, at, Show));
        else if (Date is { } date) output.Content.SetHtmlContent(El("time", null, time.Date(date)).Attr("datetime", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        else output.Content.SetHtmlContent(El("span", "crm-none", "—"));
    }

    public static TagBuilder Draw(LocalTime time, DateTime at, TimeShow show) =>
        El("time", null, show switch
        {
            TimeShow.Relative => time.Relative(at),
            TimeShow.Date => time.Date(at),
            TimeShow.Time => time.Time(at),
            _ => time.DateAndTime(at),
        }).Attr("datetime", DateTime.SpecifyKind(at, DateTimeKind.Utc).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)).Attr("title", time.DateAndTime(at));
}
