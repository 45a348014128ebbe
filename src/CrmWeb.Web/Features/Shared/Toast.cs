using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CrmWeb.Web.Features.Shared;

/// <summary>A sentence about what was just done, and the way back: <paramref name="UndoUrl"/> is posted to.</summary>
public sealed record Toast(string Text, Tone Tone = Tone.Good, string? UndoUrl = null);

public static class Toasts
{
    private const string Key = "crm.toast";
    private const string TriggerHeader = "HX-Trigger";

    // a header holds ASCII only; the default encoder escapes everything else
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin) };

    /// <summary>Shown by the next page: for an action that answers with a redirect.</summary>
    public static void Toast(this ITempDataDictionary tempData, string text, Tone tone = Tone.Good, string? undoUrl = null) =>
        tempData[Key] = JsonSerializer.Serialize(new Toast(text, tone, undoUrl), Json);

    /// <summary>Shown at once: for an action that answers a part of a page.</summary>
    public static void Toast(this HttpResponse response, string text, Tone tone = Tone.Good, string? undoUrl = null) =>
        response.Trigger("crm:toast", new { text, tone = tone.ToString().ToLowerInvariant(), undoUrl });

    /// <summary>Closes the dialog that the form stands in.</summary>
    public static void CloseDialog(this HttpResponse response) => response.Trigger("crm:close-dialog", new { });

    public static Toast? Take(ITempDataDictionary tempData) =>
        tempData[Key] is string json ? JsonSerializer.Deserialize<Toast>(json, Json) : null;

    /// <summary>Raises a browser event when the answer arrives; several may be raised by one answer.</summary>
    public static void Trigger(this HttpResponse response, string name, object detail)
    {
        var before = response.Headers[TriggerHeader].ToString();
        var all = before.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, object>>(before, Json)!;
        all[name] = detail;
        response.Headers[TriggerHeader] = JsonSerializer.Serialize(all, Json);
    }
}
