using System.Globalization;
using System.Text.Encodings.Web;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Html;
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

    public static IHtmlContent Draw(LocalTime time, DateTime at, TimeShow show) => new Instant(time, at, show);

    private sealed class Instant(LocalTime time, DateTime at, TimeShow show) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            writer.Write("<time datetime=\"");
            writer.Write(at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            writer.Write("\" title=\"");
            encoder.Encode(writer, time.DateAndTime(at));
            writer.Write("\">");
            encoder.Encode(writer, show switch
            {
                TimeShow.Relative => time.Relative(at),
                TimeShow.Date => time.Date(at),
                TimeShow.Time => time.Time(at),
                _ => time.DateAndTime(at),
            });
            writer.Write("</time>");
        }
    }
}
