using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A named part of the tag around it: the actions of a card, the footer of a dialog. Each tag says in its summary which it takes.</summary>
[HtmlTargetElement("crm-slot", Attributes = "name")]
public sealed class SlotTag(HtmlEncoder encoder) : TagHelper
{
    public string Name { get; set; } = "";

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = await output.GetChildContentAsync();
        if (context.Items.TryGetValue(typeof(Slots), out var slots)) ((Slots)slots).Set(Name, new HtmlString(content.GetContent(encoder)));
        output.SuppressOutput();
    }
}

/// <summary>The parts that the tags inside handed up.</summary>
public sealed class Slots
{
    private readonly Dictionary<string, IHtmlContent> _parts = new(StringComparer.Ordinal);

    /// <summary>Opens a fresh set for the tag, so that a card inside a card keeps its own.</summary>
    public static Slots Open(TagHelperContext context)
    {
        var slots = new Slots();
        context.Items[typeof(Slots)] = slots;
        return slots;
    }

    public IHtmlContent? this[string name] => _parts.GetValueOrDefault(name);

    public void Set(string name, IHtmlContent content) => _parts[name] = content;
}
