using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>What people read about a bulk edit.</summary>
public static class BulkWords
{
    public static Badge Of(BulkEdit edit, IStringLocalizer L) => edit.State switch
    {
        BulkState.Draft => new(L["Not run yet"]),
        BulkState.Done => new(L["Done"], Tone.Good),
        BulkState.Undone => new(L["Undone"]),
        _ when edit.IsStopped() => new(L["Stopped"], Tone.Bad),
        BulkState.Running => new(L["Running"], Tone.Accent),
        _ => new(L["Being undone"], Tone.Warn),
    };

    public static string Of(BulkReason reason, IStringLocalizer L) => reason switch
    {
        BulkReason.NotThere => L["Archived, gone, or not yours to see any more"],
        BulkReason.Required => L["The field must be filled in"],
        BulkReason.StageNeeds => L["This stage needs fields that are empty"],
        BulkReason.Taken => L["Another customer has this value"],
        BulkReason.Itself => L["A customer cannot belong to itself"],
        BulkReason.Edited => L["Somebody changed it since"],
        _ => L["What stood there is not there any more"],
    };

    public static string Of(BulkAct act, IStringLocalizer L) => act switch
    {
        BulkAct.Set => L["Set it to this"],
        BulkAct.Replace => L["Replace only where it is this now"],
        BulkAct.Add => L["Add"],
        BulkAct.Remove => L["Remove"],
        BulkAct.Archive => L["Archive"],
        _ => L["Log an interaction"],
    };

    /// <summary>The changes that name what an edit speaks of, so that <see cref="ChangeNames"/> knows them.</summary>
    public static IEnumerable<Change> Mentions(BulkWhat? what) => what?.Field is not { } field ? [] :
        what.Values.Prepend(what.From).Select(text => new Change(RecordKind.Customer, 0, null) { Field = field, New = text });

    public static string Say(BulkWhat? what, ChangeNames names, IStringLocalizer L)
    {
        if (what is null) return L["Not said yet"];
        if (what.Field is not { } field) return Of(what.Act, L);
        var change = new Change(RecordKind.Customer, 0, null) { Field = field };
        var (label, values) = (names.Label(field), string.Join(L[", "], what.Values.Select(text => names.Value(change, text))));
        return what.Act switch
        {
            BulkAct.Set => what.Values.IsEmpty ? L["{0}: emptied", label] : L["{0}: {1}", label, values],
            BulkAct.Replace => L["{0}: {1} instead of {2}", label, values, names.Value(change, what.From) ?? ""],
            BulkAct.Add => L["{0}: add {1}", label, values],
            _ => L["{0}: remove {1}", label, values],
        };
    }
}
