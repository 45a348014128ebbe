using System.Text.Json;
using System.Text.Json.Serialization;
using CrmWeb.Web.Platform.Forms;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Platform.Api;

/// <summary>How JSON is written and read: names in camelCase, words of a choice in kebab-case; a field that nobody knows is refused, not passed over (T11).</summary>
internal static class ApiJson
{
    private const string NotStorable = "not-storable";

    public static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.AllowDuplicateProperties = false;
        json.PropertyNameCaseInsensitive = false;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        json.Converters.Add(new StorableText());
        json.Converters.Add(new Instant());
    }

    /// <summary>The field and the sentence for what could not be read.</summary>
    public static void AddJsonError(this ModelStateDictionary errors, JsonException wrong, IStringLocalizer L) => errors.AddModelError(Field(wrong.Path), Say(wrong, L));

    /// <summary>What is wrong, by the names of the fields as they stand in JSON.</summary>
    public static Dictionary<string, string[]> Errors(ModelStateDictionary state, IStringLocalizer L) => state
        .Where(entry => entry.Value is { Errors.Count: > 0 })
        .SelectMany(entry => entry.Value!.Errors.Select(error => (Field: Field(entry.Key), Text: Say(error, L))))
        .GroupBy(error => error.Field, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(error => error.Text).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    public static string Field(string? path)
    {
        var name = (path ?? "").StartsWith("$.", StringComparison.Ordinal) ? path![2..] : path is null or "$" ? "" : path;
        return string.Join('.', name.Split('.').Select(part => part.Length > 0 && char.IsAsciiLetterUpper(part[0]) ? JsonNamingPolicy.CamelCase.ConvertName(part) : part));
    }

    private static string Say(ModelError error, IStringLocalizer L) => error.Exception switch
    {
        InputFormatterException { InnerException: JsonException wrong } => Say(wrong, L),
        JsonException wrong => Say(wrong, L),
        not null => L["This request cannot be read."],
        _ when error.ErrorMessage.Length > 0 => error.ErrorMessage,
        _ => L["This does not fit here."],
    };

    public static string Say(JsonException wrong, IStringLocalizer L)
    {
        if (wrong.Message.StartsWith(NotStorable, StringComparison.Ordinal)) return L["This text has a character that cannot be stored."];
        if (wrong.Message.Contains("could not be mapped", StringComparison.Ordinal)) return L["There is no such field."];
        if (wrong.Message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase)) return L["This field stands there twice."];
        return L["This value does not fit here, or is no JSON."];
    }

    /// <summary>What no database can keep is refused at its field; line ends are one character.</summary>
    private sealed class StorableText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.String) throw new JsonException();
            string text;
            try
            {
                text = reader.GetString()!;
            }
            catch (InvalidOperationException half)
            {
                throw new JsonException(NotStorable, half);
            }

            return CleanText.IsStorable(text) ? text.Replace("\r\n", "\n", StringComparison.Ordinal) : throw new JsonException(NotStorable);
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    /// <summary>ISO 8601 with an offset or Z; what is written is UTC. A time without a zone could be anybody's.</summary>
    private sealed class Instant : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var at) && reader.TryGetDateTime(out var typed) && typed.Kind != DateTimeKind.Unspecified
                ? at.UtcDateTime
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
