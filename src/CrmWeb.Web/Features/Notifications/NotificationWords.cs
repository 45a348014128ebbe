using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Notifications;

/// <summary>What notifications say, on pages, in mails and in the API.</summary>
public static class NotificationWords
{
    /// <summary>One sentence. Names that run the other way keep to themselves.</summary>
    public static string Of(this IStringLocalizer L, NotificationRow row)
    {
        var (by, customer) = (Apart(row.By ?? L["Somebody"]), Apart(row.Customer));
        return row.Kind switch
        {
            NotificationKind.Mention when row.TaskId is not null => L["{0} mentioned you in the task {1}", by, Apart(row.Task)],
            NotificationKind.Mention => L["{0} mentioned you in a note about {1}", by, customer],
            NotificationKind.Assigned when row.IsOfMany => L["{0} gave you {1} customers", by, Digits.Number(row.Count)],
            NotificationKind.Assigned => L["{0} gave you the customer {1}", by, customer],
            NotificationKind.Task => L["{0} gave you the task {1}", by, Apart(row.Task)],
            NotificationKind.Contact when row.Count > 1 => L["{0} contacts logged with {1}", Digits.Number(row.Count), customer],
            NotificationKind.Contact when row.Channel == Channel.Note => L["{0} wrote a note about {1}", by, customer],
            NotificationKind.Contact => L["{0} logged a contact with {1}", by, customer],
            NotificationKind.Stage => L["{0} changed the stage of {1}; it is now: {2}", by, customer, row.Stage is { } stage ? L.Of(stage) : "—"],
            NotificationKind.Owner => L["{0} changed the owner of {1}; it is now: {2}", by, customer, row.Owner is { } owner ? Apart(owner) : L["Nobody"].Value],
            NotificationKind.Archived => row.CustomerAway ? L["{0} archived {1}", by, customer] : L["{0} restored {1}", by, customer],
            NotificationKind.File when row.Count > 1 => L["{0} files added to {1}", Digits.Number(row.Count), customer],
            NotificationKind.File => L["{0} added a file to {1}", by, customer],
            NotificationKind.Case => L["{0} gave you the case {1}", by, Apart(row.Case)],
            NotificationKind.CaseDue => L["The time of the case {0} runs out", Apart(row.Case)],
            NotificationKind.CaseLate => L["The time of the case {0} has run out", Apart(row.Case)],
            _ => L.OfJob(row),
        };
    }

    private static string OfJob(this IStringLocalizer L, NotificationRow row)
    {
        var failed = row.Job == JobState.Failed;
        return row switch
        {
            { ImportId: not null, IsTakingBack: true } => failed ? L["Taking back your import of {0} has failed", Apart(row.File)] : L["Your import of {0} is taken back", Apart(row.File)],
            { ImportId: not null } => failed ? L["Your import of {0} has failed", Apart(row.File)] : L["Your import of {0} is done", Apart(row.File)],
            { BulkEditId: not null, IsTakingBack: true } => failed ? L["Taking back your bulk edit has failed"] : L["Your bulk edit is taken back"],
            { BulkEditId: not null } => failed ? L["Your bulk edit has failed"] : L["Your bulk edit is done"],
            { JobKind: Team.WorkJob } => failed ? L["The work of the team could not be moved to its end; the team is still there"] : L["The work of the team is moved, and the team is deleted"],
            // the job is forgotten
            _ => L.Of(NotificationKind.Job),
        };
    }

    public static string Of(this IStringLocalizer L, NotificationKind kind) => kind switch
    {
        NotificationKind.Mention => L["Somebody mentions me"],
        NotificationKind.Assigned => L["Somebody gives me a customer"],
        NotificationKind.Task => L["Somebody gives me a task"],
        NotificationKind.Contact => L["Contact or note with a customer I follow"],
        NotificationKind.Stage => L["New stage of a customer I follow"],
        NotificationKind.Owner => L["New owner of a customer I follow"],
        NotificationKind.Archived => L["A customer I follow is archived or restored"],
        NotificationKind.File => L["New file of a customer I follow"],
        NotificationKind.Case => L["Somebody gives me a case"],
        NotificationKind.CaseDue => L["The time of my case runs out"],
        NotificationKind.CaseLate => L["The time of a case that I look after has run out"],
        _ => L["My import or bulk edit has ended"],
    };

    public static string Of(this IStringLocalizer L, NotificationWay way) => way switch
    {
        NotificationWay.Nothing => L["Not at all"],
        NotificationWay.Mail => L["Bell, and a mail at once"],
        NotificationWay.Digest => L["Bell, and in the digest"],
        _ => L["Bell"],
    };

    public static string IconOf(NotificationRow row) => row.Kind switch
    {
        NotificationKind.Mention => "at",
        NotificationKind.Assigned or NotificationKind.Owner => "user-circle",
        NotificationKind.Task => "checkbox",
        NotificationKind.Contact => row.Count == 1 ? Channels.IconOf(row.Channel?.ToString()) : "message",
        NotificationKind.Stage => "trending-up",
        NotificationKind.File => "file-text",
        NotificationKind.Archived => row.CustomerAway ? "archive" : "archive-off",
        NotificationKind.Case => "headset",
        NotificationKind.CaseDue => "hourglass",
        NotificationKind.CaseLate => "alert-triangle",
        _ => row.ImportId is null ? "checklist" : "file-import",
    };

    // isolates: the sentence keeps its order around a name of another script
    private static string Apart(string? name) => string.IsNullOrEmpty(name) ? "—" : $"\u2068{name}\u2069";
}
