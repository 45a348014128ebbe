using System.Globalization;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using static CrmWeb.Web.Features.Shared.Markup;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>Operator and value of one filter, by the kind of its field.</summary>
internal static class FilterForm
{
    public static IHtmlContent Draw(IStringLocalizer L, FilterField field, Filter? filter, IHtmlContent calendar)
    {
        var operators = field.Operators;
        var parts = new HtmlContentBuilder();
        if (operators.Count == 1) parts.AppendHtml(Hidden(field.Key + Filters.OperatorSuffix, operators[0]));
        else parts.AppendHtml(Operators(L, field, operators, filter));
        parts.AppendHtml(Values(L, field, filter, calendar));
        return parts;
    }

    /// <summary>A value as it stands on the chip: the name of an option, the date of a calendar.</summary>
    public static string Shown(FilterField field, string value)
    {
        if (field.Options?.FirstOrDefault(option => option.Value == value) is { } option) return option.Text;
        return field.Kind == FilterKind.Date && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? LocalTime.Field(date)
            : value;
    }

    public static string Name(IStringLocalizer L, string @operator) => @operator switch
    {
        "contains" => L["contains"],
        "starts" => L["starts with"],
        "is" => L["is"],
        "is-not" => L["is not"],
        "any" => L["is any of"],
        "none" => L["is none of"],
        "at-least" => L["is at least"],
        "at-most" => L["is at most"],
        "on" => L["is on"],
        "after" => L["is after"],
        "before" => L["is before"],
        "last-days" => L["in the last days"],
        "next-days" => L["in the next days"],
        "not-last-days" => L["not in the last days"],
        Filters.Invalid => L["cannot be right"],
        Filters.Between => L["is between"],
        Filters.Filled => L["is filled in"],
        _ => L["is empty"],
    };

    private static TagBuilder Operators(IStringLocalizer L, FilterField field, IReadOnlyList<string> operators, Filter? filter)
    {
        var select = El("select", "form-select").Attr("name", field.Key + Filters.OperatorSuffix).Attr("aria-label", L["Condition"]).Flag("data-operator");
        foreach (var @operator in operators)
            select.Add(El("option", null, Name(L, @operator)).Attr("value", @operator).Flag("selected", filter?.Operator == @operator));
        return select;
    }

    private static IHtmlContent Values(IStringLocalizer L, FilterField field, Filter? filter, IHtmlContent calendar)
    {
        var values = filter?.Values ?? [];
        switch (field.Kind)
        {
            case FilterKind.Choice:
                var boxes = El("fieldset", "crm-check-list", El("legend", "visually-hidden", field.Label));
                foreach (var option in field.Options ?? [])
                {
                    boxes.Add(El("label", "form-check", El("input", "form-check-input").Attr("type", "checkbox").Attr("name", field.Key).Attr("value", option.Value)
                        .Flag("checked", values.Contains(option.Value, StringComparer.Ordinal)).Void(), El("span", "form-check-label", option.Text)));
                }

                return boxes.Flag("data-value");
            case FilterKind.YesNo:
                return El("select", "form-select", El("option", null, L["Yes"]).Attr("value", "true"),
                    El("option", null, L["No"]).Attr("value", "false").Flag("selected", values is ["false"])).Attr("name", field.Key).Attr("aria-label", field.Label);
            case FilterKind.Picker:
                var picker = El("select").Attr("name", field.Key).Attr("aria-label", field.Label).Flag("multiple").Flag("data-picker").Attr("data-url", field.Url);
                var names = filter?.Shown?.Split(L[", "]) ?? [];
                for (var i = 0; i < values.Count; i++) picker.Add(El("option", null, names.ElementAtOrDefault(i) ?? values[i]).Attr("value", values[i]).Flag("selected"));
                return El("div", null, picker).Flag("data-value");
            default:
                var id = $"filter-{field.Key}{(filter is null ? "" : "-set")}";
                return El("div", "crm-filter-values", Dated(L, field, Input(field, values.ElementAtOrDefault(0)), id, calendar),
                    Dated(L, field, Input(field, values.ElementAtOrDefault(1), L["and"]), id + "-2", calendar)).Flag("data-value");
        }
    }

    private static TagBuilder Dated(IStringLocalizer L, FilterField field, TagBuilder input, string id, IHtmlContent calendar) =>
        field.Kind == FilterKind.Date && Languages.IsPersian(CultureInfo.CurrentUICulture) ? FieldInput.WithCalendar(input, id, L, calendar) : input;

    private static TagBuilder Input(FilterField field, string? value, string? second = null)
    {
        var input = El("input", "form-control").Attr("name", field.Key).Attr("value", value).Attr("aria-label", second is null ? field.Label : $"{field.Label} ({second})").Void();
        input.Attr("type", field.Kind == FilterKind.Number ? "number" : "text").Attr("step", field.Kind == FilterKind.Number ? "any" : null);
        if (field.Kind == FilterKind.Date) input.Attr("data-date", "").Attr("dir", "ltr").Attr("placeholder", LocalTime.Pattern);
        return second is null ? input : input.Flag("data-second");
    }
}
