using System.Globalization;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>The input of a field, by its kind.</summary>
internal static class FieldInput
{
    public static TagBuilder Draw(FieldModel field, Func<string, string?, IHtmlContent> glyph) => field.Kind switch
    {
        "textarea" => TextArea(field),
        "select" => Select(field),
        "picker" => Picker(field),
        "tags" => Tags(field),
        "radios" => Radios(field, glyph, "radio"),
        "checks" => Radios(field, glyph, "checkbox"),
        "checkbox" => Checkbox(field),
        "password" => Password(field, glyph),
        "date" when field.Jalali => Jalali(field, LocalTime.Pattern, glyph),
        "datetime" when field.Jalali => Jalali(field, $"{LocalTime.Pattern} {Digits.Shape("14:30")}", glyph),
        "datetime" => Line(field, "datetime-local"),
        "file" => field.Describe(El("input", "form-control").Attr("type", "file").Flag("multiple", field.Tag.Multiple)).Void(),
        // what is written with Latin letters and digits reads from the left in every language
        "email" or "tel" or "url" => Line(field, field.Kind).Attr("dir", field.Value.Length > 0 || Languages.Direction == "ltr" ? "ltr" : "auto"),
        "number" => Line(field, "number").Attr("inputmode", "decimal").Attr("step", "any"),
        _ => Line(field, field.Kind).Attr("dir", field.Kind == "text" ? "auto" : null),
    };

    private static TagBuilder Line(FieldModel field, string type) =>
        field.Describe(El("input", "form-control").Attr("type", type).Attr("value", field.Value)
            .Attr("maxlength", field.MaxLength?.ToString(CultureInfo.InvariantCulture))).Void();

    private static TagBuilder Jalali(FieldModel field, string pattern, Func<string, string?, IHtmlContent> glyph)
    {
        field.Control = Line(field, "text").Attr("dir", "ltr").Attr("placeholder", pattern).Flag("data-time", field.Kind == "datetime");
        return WithCalendar(field.Control, field.Id, field.L, glyph("calendar", null));
    }

    /// <summary>A date that is typed, and the button of the calendar for it, which scripts show: the browser's own control knows no other calendar than its own.</summary>
    public static TagBuilder WithCalendar(TagBuilder input, string id, IStringLocalizer L, IHtmlContent icon) =>
        El("div", "crm-date", input.Attr("autocomplete", "off"),
            El("button", "btn btn-icon btn-ghost-secondary", icon).Attr("type", "button").Attr("popovertarget", id + "-calendar").Attr("aria-haspopup", "dialog")
                .Attr("aria-expanded", "false").Attr("aria-label", L["Choose in the calendar"]).Flag("data-calendar").Flag("hidden"),
            El("div", "crm-popover crm-jalali").Attr("id", id + "-calendar").Attr("popover", "").Attr("role", "dialog").Attr("aria-label", L["Choose in the calendar"]));

    private static TagBuilder TextArea(FieldModel field) =>
        field.Describe(El("textarea", "form-control", "\n" + field.Value).Attr("rows", field.Tag.Rows.ToString(CultureInfo.InvariantCulture))
            .Attr("maxlength", field.MaxLength?.ToString(CultureInfo.InvariantCulture)).Attr("dir", "auto").Flag("data-grow"));

    private static TagBuilder Checkbox(FieldModel field) =>
        field.Describe(El("input", "form-check-input").Attr("type", "checkbox").Attr("value", "true").Flag("checked", field.Checked)).Void();

    private static TagBuilder Select(FieldModel field)
    {
        var select = field.Describe(El("select", "form-select")).Flag("multiple", field.Tag.Multiple);
        if (field.Tag.Blank is not null) select.Add(El("option", null, field.Tag.Blank).Attr("value", ""));
        return select.Add(Options(field, field.Tag.Options ?? EnumOptions(field)));
    }

    private static TagBuilder Picker(FieldModel field)
    {
        var picker = field.Describe(El("select", "form-select")).Flag("data-picker").Flag("multiple", field.Tag.Multiple).Attr("data-url", field.Tag.Url);
        if (!field.Tag.Multiple) picker.Add(El("option", null, field.Tag.Blank ?? "").Attr("value", ""));
        return picker.Add(Options(field, field.Tag.Options ?? []));
    }

    /// <summary>One tag on each line, for a name may hold commas; scripts turn the lines into chips, and it posts the same either way.</summary>
    private static TagBuilder Tags(FieldModel field) =>
        field.Describe(El("textarea", "form-control", "\n" + string.Join('\n', field.Values.Where(value => value.Length > 0))).Attr("rows", "2").Attr("dir", "auto")
            .Flag("data-tags").Attr("data-url", field.Tag.Url));

    private static TagBuilder Radios(FieldModel field, Func<string, string?, IHtmlContent> glyph, string type)
    {
        var group = El("div", "crm-radio-row");
        var first = true;
        foreach (var option in field.Tag.Options ?? EnumOptions(field))
        {
            var radio = El("input", "crm-radio").Attr("type", type).Attr("name", field.Name).Attr("value", option.Value)
                .Attr("id", first ? field.Id : $"{field.Id}_{option.Value}").Attr("aria-describedby", field.Errors.Count > 0 ? field.ErrorId : null)
                .Flag("checked", field.Values.Contains(option.Value, StringComparer.OrdinalIgnoreCase) || option.Selected).Void();
            // the group of a select item is borrowed for the name of an icon
            var icon = option.Group?.Name;
            group.Add(El("label", "crm-radio-choice", radio, icon is null ? null : glyph(icon, null), El("span", null, option.Text)));
            first = false;
        }

        return group;
    }

    private static TagBuilder Password(FieldModel field, Func<string, string?, IHtmlContent> glyph)
    {
        field.Control = field.Describe(El("input", "form-control").Attr("type", "password").Attr("dir", "ltr")).Void();
        return El("div", "crm-password", field.Control,
            El("button", "btn btn-icon btn-ghost-secondary", glyph("eye", "crm-when-hidden"), glyph("eye-off", "crm-when-shown"))
                .Attr("type", "button").Flag("data-reveal").Flag("hidden").Attr("aria-pressed", "false").Attr("aria-label", field.L["Show the password"]));
    }

    private static IHtmlContent Options(FieldModel field, IEnumerable<SelectListItem> options)
    {
        var values = field.Values;
        var all = new HtmlContentBuilder();
        foreach (var group in options.GroupBy(option => option.Group?.Name))
        {
            var drawn = group.Select(option => El("option", null, option.Text).Attr("value", option.Value)
                .Flag("selected", option.Selected || values.Contains(option.Value, StringComparer.OrdinalIgnoreCase)).Flag("disabled", option.Disabled));
            if (group.Key is null) foreach (var option in drawn) all.AppendHtml(option);
            else all.AppendHtml(El("optgroup", null, [.. drawn]).Attr("label", group.Key));
        }

        return all;
    }

    private static IEnumerable<SelectListItem> EnumOptions(FieldModel field) =>
        (field.Metadata.EnumGroupedDisplayNamesAndValues ?? []).Select(pair =>
            new SelectListItem(pair.Key.Name, Enum.ToObject(field.Metadata.UnderlyingOrModelType, long.Parse(pair.Value, CultureInfo.InvariantCulture)).ToString()));
}
