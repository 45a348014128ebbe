namespace CrmWeb.Web.Features.Shared;

/// <summary>The picture of a channel: the same one in the timeline, the form and the list.</summary>
public static class Channels
{
    public static string IconOf(string? channel) => channel?.ToLowerInvariant() switch
    {
        "call" or "phone" => "phone",
        "email" or "e-mail" or "mail" => "mail",
        "meeting" => "calendar-event",
        "chat" => "message-circle",
        "social" => "share",
        "visit" => "map-pin",
        "note" => "note",
        "task" => "checkbox",
        _ => "point",
    };
}
