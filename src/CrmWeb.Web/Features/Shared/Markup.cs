using System.Net;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CrmWeb.Web.Features.Shared;

/// <summary>Elements in one line each, for tag helpers. Text is encoded; what is HTML already stays as it is.</summary>
public static class Markup
{
    public static TagBuilder El(string name, string? css = null, params object?[] children)
    {
        var element = new TagBuilder(name);
        if (!string.IsNullOrEmpty(css)) element.Attributes["class"] = css;
        return element.Add(children);
    }

    public static TagBuilder Add(this TagBuilder element, params object?[] children)
    {
        foreach (var child in children)
        {
            if (child is IHtmlContent html) element.InnerHtml.AppendHtml(html);
            else if (child is not null) element.InnerHtml.Append(child.ToString() ?? "");
        }

        return element;
    }

    /// <summary>Sets the attribute; a null value leaves it away.</summary>
    public static TagBuilder Attr(this TagBuilder element, string name, string? value)
    {
        if (value is not null) element.Attributes[name] = value;
        return element;
    }

    /// <summary>Takes over an attribute written on a tag. Razor hands its value over encoded, and the element encodes it again.</summary>
    public static void Take(this TagBuilder element, TagHelperAttribute attribute) =>
        element.Attributes[attribute.Name] = attribute.Value is IHtmlContent html ? WebUtility.HtmlDecode(html.ToString()) : attribute.Value?.ToString() ?? "";

    /// <summary>An attribute without a value, such as <c>hidden</c>.</summary>
    public static TagBuilder Flag(this TagBuilder element, string name, bool on = true) => on ? element.Attr(name, name) : element;

    public static TagBuilder Void(this TagBuilder element)
    {
        element.TagRenderMode = TagRenderMode.SelfClosing;
        return element;
    }

    /// <summary>Razor hands an empty string to a tag where the expression was null.</summary>
    public static string? OrNull(this string? text) => string.IsNullOrEmpty(text) ? null : text;

    public static TagBuilder Hidden(string name, string? value) =>
        El("input").Attr("type", "hidden").Attr("name", name).Attr("value", value ?? "").Void();
}
