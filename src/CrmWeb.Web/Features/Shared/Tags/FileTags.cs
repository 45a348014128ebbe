using System.Globalization;
using CrmWeb.Web.Features.Shared.Files;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>A list of files. Inside: <c>crm-file</c>.</summary>
[HtmlTargetElement("crm-files")]
public sealed class FilesTag : KitTag
{
    public override void Process(TagHelperContext context, TagHelperOutput output) => Become(output, "ul", "crm-files");
}

/// <summary>One of them: its name opens a picture and saves anything else; below it its size, who added it and when. <c>may-delete</c> adds the button.</summary>
[HtmlTargetElement("crm-file", Attributes = "row", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class FileTag(IStringLocalizer L, LocalTime time) : KitTag
{
    public FileRow Row { get; set; } = null!;
    public bool MayDelete { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var here = string.Create(CultureInfo.InvariantCulture, $"~/files/{Row.Id}");
        Become(output, "li", "crm-file");
        output.Content.AppendHtml(El("span", "crm-file-icon", Glyph(FileType.IconOf(Row.MediaType))));
        var told = El("span", "crm-hint crm-file-told", El("span", null, El("bdi", null, FileSizes.Of(Row.Size, L))));
        if (Row.By is not null) told.Add(El("span", null, El("bdi", null, Row.By)));
        told.Add(El("span", null, TimeTag.Draw(time, Row.AddedAt, TimeShow.Date)));
        if (Row.InteractionId is not null) told.Add(El("span", null, L["From an interaction"]));
        output.Content.AppendHtml(El("span", "crm-file-words", Link(Row.Id, Row.Name, Row.MediaType, Resolve("~/files/")!), told));
        var actions = El("span", "crm-actions", Named(El("a", "btn btn-ghost-secondary btn-icon btn-sm", Glyph("download")).Attr("href", Resolve(here)).Attr("download", ""), L["Download {0}", Row.Name]));
        if (MayDelete) actions.Add(Posting(Named(El("button", "btn btn-ghost-secondary btn-icon btn-sm", Glyph("trash")), L["Delete {0}", Row.Name]), $"{here}/delete", inPlace: true));
        output.Content.AppendHtml(actions);
    }

    /// <summary>A picture opens beside the page; everything else is saved.</summary>
    /// <param name="files">The address of files, with the slash at its end.</param>
    internal static TagBuilder Link(long id, string name, string mediaType, string files, IHtmlContent? icon = null)
    {
        var link = El("a", "crm-file-name", icon, El("bdi", null, name));
        var address = string.Create(CultureInfo.InvariantCulture, $"{files}{id}");
        return FileType.IsShown(mediaType) ? link.Attr("href", address + "/preview").Attr("target", "_blank").Attr("rel", "noopener") : link.Attr("href", address).Attr("download", "");
    }

    private static TagBuilder Named(TagBuilder button, string name) => button.Attr("aria-label", name).Attr("title", name);
}

/// <summary>
/// A place for files: they are dropped on it, pasted, or chosen, several at once. With scripts each goes up by itself with its own progress; without, it is a form.
/// What is wrong with a file stands below, beside its name. Scripts draw the element of <c>list</c> anew when some have come in.
/// </summary>
[HtmlTargetElement("crm-drop", Attributes = "post", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DropTag(IStringLocalizer L, AttachmentFiles files, FileInspection inspection) : KitTag
{
    public const string Field = "Files";

    public string Post { get; set; } = "";

    /// <summary>The id of the list that the files come into.</summary>
    public string List { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var (id, most) = (NewId("drop"), FileSizes.Of(files.MaxSize, L));
        var errors = ViewContext.ViewData.ModelState.TryGetValue(Field, out var entry) ? entry.Errors.Select(error => error.ErrorMessage).ToList() : [];
        Become(output, "form", "crm-drop");
        output.Attributes.SetAttribute("method", "post");
        output.Attributes.SetAttribute("enctype", "multipart/form-data");
        output.Attributes.SetAttribute("action", Resolve(Post));
        output.Attributes.SetAttribute("data-drop", List);
        output.Attributes.SetAttribute("data-max-size", files.MaxSize.ToString(CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("data-too-large", L["It is larger than {0}.", most].Value);
        output.Attributes.SetAttribute("data-added", L["Added"].Value);
        output.Content.AppendHtml(Antiforgery());
        output.Content.AppendHtml(El("label", "crm-drop-label", Glyph("cloud-upload"),
            El("span", null, El("span", "crm-drop-drag", L["Drop files here, or"], " "), El("span", "crm-drop-choose", L["choose files"]))).Attr("for", id));
        output.Content.AppendHtml(El("input", "crm-drop-input").Attr("type", "file").Attr("name", Field).Attr("id", id).Flag("multiple").Attr("accept", FileType.Accept)
            .Attr("aria-describedby", errors.Count > 0 ? $"{id}-hint {Field}-error" : $"{id}-hint").Void());
        output.Content.AppendHtml(El("p", "crm-hint", L["Up to {0} each, {1} at once.", most, Digits.Number(files.MaxAtOnce)]).Attr("id", $"{id}-hint").Attr("title", inspection.Allowed));
        output.Content.AppendHtml(El("button", "btn crm-btn btn-sm crm-drop-send", Glyph("upload"), El("span", null, L["Upload"])).Attr("type", "submit"));
        if (errors.Count > 0)
            output.Content.AppendHtml(El("ul", "crm-drop-errors", [.. errors.Select(error => El("li", "crm-error", Glyph("alert-circle"), El("bdi", null, error)))]).Attr("id", $"{Field}-error").Attr("role", "alert"));
        output.Content.AppendHtml(El("ul", "crm-uploads").Attr("aria-live", "polite"));
    }
}
