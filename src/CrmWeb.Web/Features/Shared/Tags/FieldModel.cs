using System.Collections;
using System.Globalization;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared.Tags;

/// <summary>What a field knows about itself from the model, the posted values and their errors.</summary>
internal sealed class FieldModel
{
    public FieldModel(FieldTag tag, ViewContext view, IStringLocalizer L)
    {
        Tag = tag;
        this.L = L;
        Name = view.ViewData.TemplateInfo.GetFullHtmlFieldName(tag.For.Name);
        Id = TagBuilder.CreateSanitizedId(Name, "_");
        Metadata = tag.For.Metadata;
        Label = tag.Label ?? Metadata.GetDisplayName();
        view.ViewData.ModelState.TryGetValue(Name, out var state);
        State = state;
        Errors = [.. (state?.Errors ?? []).Select(error => error.ErrorMessage).Where(message => message.Length > 0).Distinct(StringComparer.Ordinal)];
        Kind = tag.As ?? KindOf(Metadata);
        Required = tag.Required ?? (Metadata.IsRequired && Kind != "checkbox");
    }

    public FieldTag Tag { get; }
    public IStringLocalizer L { get; }
    public string Name { get; }
    public string Id { get; }
    public string Label { get; }
    public string Kind { get; }
    public bool Required { get; }
    public ModelMetadata Metadata { get; }
    public IReadOnlyList<string> Errors { get; }
    public string HintId => Id + "-hint";
    public string ErrorId => Id + "-error";

    private ModelStateEntry? State { get; }

    /// <summary>Browsers post numbers and dates of their own controls in one form, whatever the language of the page.</summary>
    public bool Invariant => Kind == "number" || (Kind is "date" or "datetime" && !Jalali);

    /// <summary>A browser's date control knows no Jalali calendar: in Persian a date is typed.</summary>
    public bool Jalali => Kind is "date" or "datetime" && Languages.IsPersian(CultureInfo.CurrentUICulture);

    /// <summary>What was posted, as it was typed; otherwise the model's.</summary>
    public IReadOnlyList<string> Values
    {
        get
        {
            if (Kind == "password") return [];
            if (State?.RawValue is string[] several) return several;
            if (State?.RawValue is string one) return [one];
            return Tag.For.Model is IEnumerable items and not string ? [.. items.Cast<object>().Select(Text)] : [Text(Tag.For.Model)];
        }
    }

    public string Value => Values.Count == 0 ? "" : Values[0];

    public bool Checked => State?.RawValue is string[] posted ? posted.Contains("true", StringComparer.Ordinal) : State?.RawValue as string == "true" || Tag.For.Model is true;

    /// <summary>What the input must carry so that its hint and its error are read with it.</summary>
    public TagBuilder Describe(TagBuilder input)
    {
        var described = string.Join(' ', new[] { Errors.Count > 0 ? ErrorId : null, Tag.Hint is null ? null : HintId }.OfType<string>());
        input.Attr("id", Id).Attr("name", Name).Attr("aria-describedby", described.Length == 0 ? null : described)
            .Attr("aria-invalid", Errors.Count > 0 ? "true" : null).Attr("aria-required", Required ? "true" : null)
            .Attr("placeholder", Tag.Placeholder).Attr("autocomplete", Tag.Autocomplete).Flag("autofocus", Tag.Autofocus);
        if (Errors.Count > 0) input.AddCssClass("is-invalid");
        return input;
    }

    /// <summary>The element that takes attributes written on the tag.</summary>
    public TagBuilder Focusable(TagBuilder drawn) => Control ?? drawn;

    public TagBuilder? Control { get; set; }

    public int? MaxLength => Metadata.ValidatorMetadata.OfType<System.ComponentModel.DataAnnotations.StringLengthAttribute>().FirstOrDefault()?.MaximumLength
        ?? Metadata.ValidatorMetadata.OfType<System.ComponentModel.DataAnnotations.MaxLengthAttribute>().FirstOrDefault()?.Length;

    private string Text(object? value) => value switch
    {
        null => "",
        DateOnly date => Jalali ? LocalTime.Field(date) : date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant when Kind == "date" => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant when Jalali => $"{LocalTime.Field(DateOnly.FromDateTime(instant))} {Digits.Shape(instant.ToString("HH:mm", CultureInfo.InvariantCulture))}",
        DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        string day when Jalali && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => LocalTime.Field(date),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string KindOf(ModelMetadata metadata) => metadata.DataTypeName switch
    {
        "EmailAddress" => "email",
        "PhoneNumber" => "tel",
        "Url" => "url",
        "Password" => "password",
        "MultilineText" => "textarea",
        "Date" => "date",
        _ when metadata.IsEnum => "select",
        _ => metadata.UnderlyingOrModelType switch
        {
            var type when type == typeof(bool) => "checkbox",
            var type when type == typeof(DateOnly) => "date",
            var type when type == typeof(DateTime) => "datetime",
            var type when type == typeof(TimeOnly) => "time",
            var type when type == typeof(int) || type == typeof(long) || type == typeof(decimal) || type == typeof(double) => "number",
            var type when typeof(IFormFile).IsAssignableFrom(type) => "file",
            _ => "text",
        },
    };
}
