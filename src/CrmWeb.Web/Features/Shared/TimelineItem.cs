using System.Text.Encodings.Web;
using CrmWeb.Web.Features.Shared.Tags;
using Microsoft.AspNetCore.Html;

namespace CrmWeb.Web.Features.Shared;

/// <summary>One entry of a timeline, written straight into the answer. <c>crm-timeline-item</c> and <c>crm-interaction</c> both draw this.</summary>
public sealed record TimelineItem(string Title, IHtmlContent Icon) : IHtmlContent
{
    public Tone Tone { get; init; }

    /// <summary>Complete; null for an entry that leads nowhere.</summary>
    public string? Href { get; init; }

    public bool Dialog { get; init; }

    /// <summary>What a badge says of an entry that is still to come; null for one that took place.</summary>
    public string? PlannedWord { get; init; }

    public IHtmlContent? Meta { get; init; }
    public string? By { get; init; }
    public IHtmlContent? At { get; init; }
    public IHtmlContent? Body { get; init; }
    public IHtmlContent? Actions { get; init; }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write(PlannedWord is null ? "<li class=\"crm-timeline-item\"><span class=\"crm-timeline-icon " : "<li class=\"crm-timeline-item is-planned\"><span class=\"crm-timeline-icon ");
        writer.Write(KitTag.Css(Tone));
        writer.Write("\">");
        Icon.WriteTo(writer, encoder);
        writer.Write("</span><div class=\"crm-timeline-main\"><div class=\"crm-timeline-line\">");
        WriteTitle(writer, encoder);
        if (PlannedWord is not null)
        {
            writer.Write("<span class=\"crm-badge is-accent\">");
            encoder.Encode(writer, PlannedWord);
            writer.Write("</span>");
        }

        Meta?.WriteTo(writer, encoder);
        writer.Write("<span class=\"crm-timeline-meta\">");
        if (By is not null) WriteText(writer, encoder, By);
        At?.WriteTo(writer, encoder);
        writer.Write("</span></div>");
        if (Body is not null)
        {
            writer.Write("<div class=\"crm-timeline-body\" dir=\"auto\">");
            Body.WriteTo(writer, encoder);
            writer.Write("</div>");
        }

        writer.Write("</div>");
        if (Actions is not null)
        {
            writer.Write("<div class=\"crm-actions crm-timeline-actions\">");
            Actions.WriteTo(writer, encoder);
            writer.Write("</div>");
        }

        writer.Write("</li>");
    }

    private void WriteTitle(TextWriter writer, HtmlEncoder encoder)
    {
        if (Href is null)
        {
            writer.Write("<bdi class=\"crm-timeline-title\">");
            encoder.Encode(writer, Title);
            writer.Write("</bdi>");
            return;
        }

        writer.Write("<a class=\"crm-timeline-title\" href=\"");
        encoder.Encode(writer, Href);
        writer.Write(Dialog ? "\" data-dialog=\"\">" : "\">");
        WriteText(writer, encoder, Title);
        writer.Write("</a>");
    }

    private static void WriteText(TextWriter writer, HtmlEncoder encoder, string text)
    {
        writer.Write("<bdi>");
        encoder.Encode(writer, text);
        writer.Write("</bdi>");
    }
}
