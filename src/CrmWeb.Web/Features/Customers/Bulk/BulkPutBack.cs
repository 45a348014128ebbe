using System.Collections.Immutable;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>Puts what stood in a field before back into the details of a customer, where the bulk edit's value still stands there and the old one still can.</summary>
internal sealed class BulkPutBack
{
    private readonly CustomFieldSet fields;
    private readonly Dictionary<(long Field, string Key), long> taken;
    private readonly HashSet<(string Field, long Id)> there;

    private BulkPutBack(CustomFieldSet fields, Dictionary<(long Field, string Key), long> taken, HashSet<(string Field, long Id)> there) => (this.fields, this.taken, this.there) = (fields, taken, there);

    public static async Task<BulkPutBack> Load(CrmDb db, CustomFieldSet fields, IReadOnlyCollection<Change> changes, CancellationToken stop)
    {
        var old = changes.Where(change => change is { Field: not null, Old: not null }).ToList();
        var unique = old.Select(change => (Field: fields.Named(change.Field!), Text: change.Old!)).Where(one => one.Field is { Unique: true }).ToList();
        var owners = await db.TakenCustomValues([.. unique.Select(one => (one.Field!.Id, CustomValue.UniqueKeyOf(one.Field.Type, one.Text))).Distinct()], stop);
        var ids = old.ToLookup(change => Refers(change.Field!, fields), change => (Field: change.Field!, Id: ChangeText.Id(change.Old) ?? 0));
        List<long> members = [.. ids[RecordKind.Member].Select(one => one.Id)];
        List<long> teams = [.. ids[RecordKind.Team].Select(one => one.Id)];
        List<long> customers = [.. ids[RecordKind.Customer].Select(one => one.Id)];
        HashSet<long> found =
            [.. members.Count == 0 ? [] : await db.Members.Where(m => members.Contains(m.Id)).Select(m => m.Id).ToListAsync(stop)];
        HashSet<long> teamsFound = [.. teams.Count == 0 ? [] : await db.Teams.Where(t => teams.Contains(t.Id)).Select(t => t.Id).ToListAsync(stop)];
        List<long> tiers = [.. ids[RecordKind.ServiceTier].Select(one => one.Id)];
        HashSet<long> tiersFound = [.. tiers.Count == 0 ? [] : await db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(t => tiers.Contains(t.Id)).Select(t => t.Id).ToListAsync(stop)];
        HashSet<long> customersFound = [.. customers.Count == 0 ? [] : await db.StillThere(customers, stop)];
        return new(fields, owners,
        [
            .. ids[RecordKind.Member].Where(one => found.Contains(one.Id)), .. ids[RecordKind.Team].Where(one => teamsFound.Contains(one.Id)),
            .. ids[RecordKind.ServiceTier].Where(one => tiersFound.Contains(one.Id)), .. ids[RecordKind.Customer].Where(one => customersFound.Contains(one.Id)),
        ]);
    }

    /// <summary>The details with the change taken back; or why they stay as they are.</summary>
    public (CustomerDetails Details, BulkReason? Kept) Undo(CustomerDetails now, Change change, long customer)
    {
        var field = change.Field!;
        if (BulkFields.IsCustom(field) && fields.Named(field) is null) return (now, BulkReason.Gone);
        var said = now.Said(field);
        var several = fields.Named(field)?.Type == CustomFieldType.Choices;
        // of several options each is a change of its own
        var stands = change.New is { } wrote ? said.Contains(wrote, StringComparer.Ordinal) && (several || said.Length == 1) : several ? !said.Contains(change.Old!, StringComparer.Ordinal) : said.IsEmpty;
        if (!stands) return (now, BulkReason.Edited);
        if (change.Old is { } old && !Can(field, old, customer)) return (now, BulkReason.Gone);
        ImmutableArray<string> becomes = [.. said.Where(text => text != change.New), .. change.Old is null ? [] : new[] { change.Old }];
        if (fields.Named(field) is { } custom) becomes = fields.Ordered(custom, becomes);
        if (becomes.IsEmpty && !BulkFields.MayBeEmpty(field)) return (now, BulkReason.Gone);
        return (now.Saying(field, becomes), null);
    }

    private bool Can(string field, string old, long customer)
    {
        if (Refers(field, fields) is not null) return there.Contains((field, ChangeText.Id(old) ?? 0));
        if (fields.Named(field) is not { } custom) return true;
        if (custom.Unique && taken.TryGetValue((custom.Id, CustomValue.UniqueKeyOf(custom.Type, old)), out var by) && by != customer) return false;
        return CustomText.Read(custom, old, "EUR", out _) == old;
    }

    private static RecordKind? Refers(string field, CustomFieldSet fields) => field switch
    {
        "ownerId" => RecordKind.Member,
        "teamId" => RecordKind.Team,
        "serviceTierId" => RecordKind.ServiceTier,
        "organisationId" => RecordKind.Customer,
        _ => fields.Named(field)?.Type switch { CustomFieldType.Member => RecordKind.Member, CustomFieldType.Customer => RecordKind.Customer, _ => null },
    };
}
