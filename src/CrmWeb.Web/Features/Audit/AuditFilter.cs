using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Audit;

/// <summary>What the audit page shows, all of it in its address.</summary>
public sealed record AuditFilter(IReadOnlyList<Filter> Filters)
{
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    // about the tenant itself: for those who may change it
    private static readonly RecordKind[] OfTenant =
    [
        RecordKind.Member, RecordKind.Team, RecordKind.Invitation, RecordKind.Tenant, RecordKind.RoleVisibility, RecordKind.ContactCadence, RecordKind.ApiKey,
        RecordKind.CustomField, RecordKind.CustomFieldGroup, RecordKind.CustomFieldOption,
        RecordKind.ExchangeRate, RecordKind.Pipeline, RecordKind.Stage, RecordKind.Reason, RecordKind.ServiceTier, RecordKind.SlaRule, RecordKind.OpeningTime, RecordKind.Holiday,
        RecordKind.CostRate, RecordKind.SavedView, RecordKind.Segment, RecordKind.DataField, RecordKind.StaleRule,
    ];

    public static IReadOnlyList<FilterField> Fields(IStringLocalizer L, IReadOnlyList<SelectListItem> members, string customersUrl) =>
    [
        new("member", L["Member"], FilterKind.Choice, members),
        new("record", L["Kind of record"], FilterKind.Choice, Words<RecordKind>(kind => L.Of(kind))),
        new("act", L["What happened"], FilterKind.Choice, Words<Act>(act => L.Of(act))),
        new("field", L["Field"], FilterKind.Choice, [.. ChangeWords.Fields.Select(field => new SelectListItem(L.FieldLabel(field), field))]),
        new("via", L["Way"], FilterKind.Choice, Words<Via>(via => L.Of(via))),
        new("at", L["When"], FilterKind.Date),
        new("customer", L["Customer"], FilterKind.Picker, Url: customersUrl),
        new("id", L["Number of the record"], FilterKind.Number),
        new("cause", L["Number of the import or job"], FilterKind.Number),
    ];

    public static AuditFilter Read(IQueryCollection query, IReadOnlyList<FilterField> fields) => new(Shared.Filters.Read(query, fields));

    /// <summary>Newest first is the caller's. What hangs on a customer that is put away is there still; what the member may not see is not.</summary>
    public IQueryable<Change> Of(CrmDb db, CurrentMember me)
    {
        var changes = db.Seen(db.Changes).AsNoTracking().IgnoreQueryFilters(Away);
        if (!me.May(Permissions.ManageTenant)) changes = changes.Where(x => !OfTenant.Contains(x.Record));
        return Filters.Aggregate(changes, (left, filter) => Narrow(left, filter, me));
    }

    private static IQueryable<Change> Narrow(IQueryable<Change> changes, Filter filter, CurrentMember me)
    {
        var (ids, none) = (Ids(filter), filter.Operator == "none");
        switch (filter.Field.Key)
        {
            case "at": return ByDay(changes, filter, me);
            case "id": return InRange(filter) is var (first, last) ? changes.Where(x => x.RecordId >= first && x.RecordId <= last) : changes;
            case "cause": return InRange(filter) is var (from, to) ? changes.Where(x => x.CauseId >= from && x.CauseId <= to) : changes;
        }

        if (filter.Operator is Shared.Filters.Filled or Shared.Filters.Empty)
        {
            var filled = filter.Operator == Shared.Filters.Filled;
            return filter.Field.Key switch
            {
                "member" => changes.Where(x => (x.MemberId != null) == filled),
                "customer" => changes.Where(x => (x.CustomerId != null) == filled),
                "field" => changes.Where(x => (x.Field != null) == filled),
                _ => filled ? changes : changes.Where(x => false),
            };
        }

        var (records, acts, ways, fields) = (Values<RecordKind>(filter), Values<Act>(filter), Values<Via>(filter), filter.Values.ToArray());
        return filter.Field.Key switch
        {
            "member" => changes.Where(x => x.MemberId != null && ids.Contains(x.MemberId.Value) != none),
            "customer" => changes.Where(x => x.CustomerId != null && ids.Contains(x.CustomerId.Value) != none),
            "record" => changes.Where(x => records.Contains(x.Record) != none),
            "act" => changes.Where(x => acts.Contains(x.Act) != none),
            "via" => changes.Where(x => ways.Contains(x.Via) != none),
            _ => changes.Where(x => x.Field != null && fields.Contains(x.Field) != none),
        };
    }

    private static (long First, long Last) InRange(Filter filter)
    {
        long? Number(int at) => long.TryParse(filter.Values.ElementAtOrDefault(at), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        return filter.Operator switch
        {
            "is" => (Number(0) ?? -1, Number(0) ?? -1),
            "at-least" => (Number(0) ?? 0, long.MaxValue),
            "at-most" => (0, Number(0) ?? long.MaxValue),
            Shared.Filters.Between => (Number(0) ?? 0, Number(1) ?? long.MaxValue),
            Shared.Filters.Empty => (-1, -1),
            _ => (0, long.MaxValue),
        };
    }

    private static IQueryable<Change> ByDay(IQueryable<Change> changes, Filter filter, CurrentMember me)
    {
        var (from, before) = Days.Of(filter, me);
        if (from is { } begin) changes = changes.Where(x => x.At >= begin);
        if (before is { } end) changes = changes.Where(x => x.At < end);
        return changes;
    }

    private static long[] Ids(Filter filter) => [.. filter.Values.Select(value => ChangeText.Id(value) ?? 0)];

    private static T[] Values<T>(Filter filter) where T : struct, Enum => [.. filter.Values.Select(ChangeText.Enum<T>).OfType<T>()];

    private static IReadOnlyList<SelectListItem> Words<T>(Func<T, string> word) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => new SelectListItem(word(value), ChangeText.Word(value)))];
}
