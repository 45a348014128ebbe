using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared.Csv;

namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// Decides what each row of a batch does. Rows are taken in the order of the file; a later row finds what an earlier one made or changed, so that
/// a customer who stands twice in the file is one customer. The dry run and the run share every line of this.
/// </summary>
internal sealed class BatchPlanning(CrmDb db, ImportSettings settings, ImportFields fields, long importId, HashSet<string> coming)
{
    private readonly MatchKeys keys = new(settings);
    private readonly Dictionary<string, List<Slot>> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Slot> byId = [];
    private readonly Dictionary<string, Slot> exported = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Slot?> externalIds = new(StringComparer.Ordinal);
    private readonly BatchPlan plan = new();
    private BatchKnown known = null!;
    private CustomFieldRules rules = null!;
    private long placeholders;

    /// <param name="organisations">Folded names of organisations that are rows of the file; those of this batch are added. A dry run keeps them from batch to batch.</param>
    public static Task<BatchPlan> Plan(CrmDb db, ImportSettings settings, ImportFields fields, long importId, HashSet<string> organisations, IReadOnlyList<ReadRow> rows, CancellationToken stop) =>
        new BatchPlanning(db, settings, fields, importId, organisations).Plan(rows, stop);

    private async Task<BatchPlan> Plan(IReadOnlyList<ReadRow> rows, CancellationToken stop)
    {
        known = await BatchKnown.Load(db, keys, settings.OnDuplicate, importId, rows, stop);
        if (!fields.All.IsEmpty) rows = [.. rows.Select((await NamedCustomers.Load(db, rows, stop)).Put)];
        await db.LoadCustomValues(known.Customers, fields.Seen, stop);
        await db.LoadCustomValues(known.Named.Values, fields.All, stop);
        rules = await CustomFieldRules.Load(db, fields.All, fields.Seen, fields.All.IsEmpty ? [] : [.. rows.Where(row => !row.IsRefused).Select(row => Becoming(null, null, row.Details))], stop);
        // where every organisation is made that a row names, nobody asks for them
        if (!settings.MakeOrganisations)
            coming.UnionWith(rows.Where(row => !row.IsRefused && row.Details.Kind == CustomerKind.Organisation).Select(row => SearchText.Fold(row.Details.Name)));
        foreach (var customer in known.Customers)
        {
            var slot = new Slot(customer, CustomerDetails.Of(customer, fields.Seen));
            foreach (var key in keys.KeysOf(customer)) Register(key, slot);
            exported[RowKey.Of(customer.Id, customer.CreatedAt)] = byId[customer.Id] = slot;
        }

        foreach (var row in rows) plan.Rows.Add(Decide(row));
        return plan;
    }

    private PlannedRow Decide(ReadRow row)
    {
        if (row.IsRefused) return Refused(row);
        // the customer a line of our own was written of needs no other sign
        if (row.Row.Key is not { } own || !exported.TryGetValue(own, out var slot))
        {
            var found = keys.KeyOf(row) is { } sign ? byKey.GetValueOrDefault(sign) : null;
            if (found?.Count > 1) return Refused(row, KeyField, Refusal.SeveralMatches);
            slot = found?[0];
        }

        if (slot is null && row.Row.Key is { } key && known.Archived.Contains(key)) return Refused(row, "", Refusal.Archived);
        return slot is not null ? Change(row, slot) : New(row);
    }

    /// <summary>A row that nothing was found by: a new customer, or likely one who is there.</summary>
    private PlannedRow New(ReadRow row)
    {
        if (known.Alike.Find(DuplicateProfile.Of(row.Details)) is not { } likely) return Create(row);
        if (settings.OnDuplicate == OnDuplicate.Skip) return new(row, RowOutcome.Same) { Likely = likely };
        // many share an address: by that alone nobody is changed. Whoever has another id of the other program is another one there
        var slot = settings.OnDuplicate == OnDuplicate.Update && likely.Likeness.IsOfName ? byId.GetValueOrDefault(likely.Id) : null;
        if (slot?.Details.ExternalId is { } id && row.Details.ExternalId is { } other && id != other) slot = null;
        var planned = slot is null ? Create(row) : Change(row, slot);
        return planned.Outcome == RowOutcome.Refused ? planned : planned with { Likely = likely };
    }

    private PlannedRow Create(ReadRow row)
    {
        var details = row.Details;
        // a list of addresses without names is common; the address is a name until somebody knows better
        if (details.Name.Length == 0) details = details with { Name = details.Email ?? details.Phone ?? row.Organisation ?? "" };
        if (details.Name.Length == 0) return Refused(row, ImportField.Name, Refusal.NameMissing);
        if (details.ExternalId is { } id && IsTaken(id, null)) return Refused(row, ImportField.ExternalId, settings.Match == MatchRule.ExternalId ? Refusal.Archived : Refusal.Taken);
        if (!TryOrganisation(row, details, out details, out var refusal)) return Refused(row, ImportField.Organisation, refusal);

        details = SeenByActor(fields.ForNew(details));
        var change = Becoming(null, null, details);
        if (Broken(change, null) is { } wrong) return Refused(row, wrong);
        var slot = new Slot(Named(details), details) { CreatedAt = row.CreatedAt };
        slot.IsChanged = slot.Stored is not null;
        AddTags(slot, row);
        if (details.ExternalId is not null) externalIds[details.ExternalId] = slot;
        rules.Claim(change, slot);
        plan.Slots.Add(slot);
        if (details.Kind == CustomerKind.Organisation && slot.Stored is null) RegisterOrganisation(slot);
        foreach (var key in keys.KeysOf(row)) Register(key, slot);
        return new(row, RowOutcome.New, slot, slot.Stored is null ? null : CustomerDetails.Of(slot.Stored, fields.Seen), details);
    }

    /// <summary>What an earlier batch made because a person named it. Now comes its own row, and it is still one organisation.</summary>
    private Customer? Named(CustomerDetails details) =>
        details.Kind == CustomerKind.Organisation && known.Named.Remove(SearchText.Fold(details.Name), out var named) ? named : null;

    private PlannedRow Change(ReadRow row, Slot slot)
    {
        if (settings.OnMatch == OnMatch.Keep) return new(row, RowOutcome.Same, slot);
        var before = slot.Details;
        var after = row.Given.Where(field => settings.OnMatch == OnMatch.Update || field.IsEmpty(before)).Aggregate(before, (d, field) => field.Take(d, row.Details));
        if (row.Organisation is not null && !IsOf(row.Organisation, slot) && (settings.OnMatch == OnMatch.Update || before.OrganisationId is null)
            && !TryOrganisation(row, after, out after, out var refusal)) return Refused(row, ImportField.Organisation, refusal);
        if (after.ExternalId is { } id && after.ExternalId != before.ExternalId)
        {
            if (IsTaken(id, slot)) return Refused(row, ImportField.ExternalId, Refusal.Taken);
            externalIds[id] = slot;
        }

        after = after.Tidy() with { PhoneCountry = row.Details.PhoneCountry };
        var change = Becoming(slot, before, after);
        if (Broken(change, slot) is { } wrong) return Refused(row, wrong);
        var tags = AddTags(slot, row);
        if (DetailField.Between(before, after).Count == 0 && tags.Count == 0) return new(row, RowOutcome.Same, slot);
        rules.Claim(change, slot);
        slot.Details = after;
        if (!slot.IsChanged && slot.Stored is not null) plan.Slots.Add(slot);
        slot.IsChanged = true;
        if (after.Kind == CustomerKind.Organisation && (before.Kind != after.Kind || SearchText.Fold(before.Name) != SearchText.Fold(after.Name))) RegisterOrganisation(slot);
        foreach (var key in keys.KeysOf(row)) Register(key, slot);
        return new(row, RowOutcome.Changed, slot, before, after) { NewTags = tags };
    }

    private static CustomChange Becoming(Slot? slot, CustomerDetails? before, CustomerDetails after) => new(slot?.Stored?.Id, before, after) { IsLookedUp = true };

    private Refusal? Broken(CustomChange change, Slot? slot) =>
        fields.All.IsEmpty ? null : rules.Broken(change, slot).Select(one => new Refusal(one.Field.Name, Refusal.Of(one.Problem))).FirstOrDefault();

    /// <summary>Whether the customer belongs to an organisation of this name already, though another one may have the name too.</summary>
    private static bool IsOf(string organisation, Slot slot) =>
        slot.Stored?.Organisation is { } its && its.Id == slot.Details.OrganisationId && its.NameNormal == SearchText.Fold(organisation);

    private bool IsTaken(string externalId, Slot? by)
    {
        if (externalIds.TryGetValue(externalId, out var slot)) return slot != by;
        return known.Taken.TryGetValue(externalId, out var owner) && (by?.Stored is null || by.Stored.Id != owner);
    }

    private bool TryOrganisation(ReadRow row, CustomerDetails details, out CustomerDetails with, out string refusal)
    {
        (with, refusal) = (details, "");
        if (row.Organisation is not { } name || SearchText.Fold(name) is not { Length: > 0 } folded) return true;
        if (!known.Organisations.TryGetValue(folded, out var id))
        {
            if (!settings.MakeOrganisations && !coming.Contains(folded))
            {
                refusal = Refusal.UnknownOrganisation;
                return false;
            }

            known.Organisations[folded] = id = --placeholders;
            plan.Organisations[placeholders] = SeenByActor(fields.ForNew(new CustomerDetails { Kind = CustomerKind.Organisation, Name = name.Trim(), TeamId = Actor.SeesAll ? null : settings.Defaults.TeamId }));
        }

        if (id is null) refusal = Refusal.SeveralOrganisations;
        // nobody belongs to themselves
        else if (details.Kind == CustomerKind.Person || SearchText.Fold(details.Name) != folded) with = details with { OrganisationId = id };
        return id is not null;
    }

    /// <summary>Rows that name this organisation mean it from now on, and meant it already if they stand above it. Two of one name are nobody's.</summary>
    private void RegisterOrganisation(Slot slot)
    {
        var folded = SearchText.Fold(slot.Details.Name);
        if (known.Organisations.TryGetValue(folded, out var id) && !(id is { } named && plan.Organisations.Remove(named)))
        {
            known.Organisations[folded] = null;
            return;
        }

        known.Organisations[folded] = id ??= slot.Stored?.Id ?? --placeholders;
        if (id < 0) plan.OrganisationRows[id.Value] = slot;
    }

    /// <summary>Who does not see all would not find again what belongs to nobody, and would make it anew the next time.</summary>
    private CustomerDetails SeenByActor(CustomerDetails details) =>
        details.OwnerId is not null || Actor.WouldSee(null, details.TeamId) ? details : details with { OwnerId = Actor.MemberId };

    private Actor Actor => db.Current.Actor;

    private List<string> AddTags(Slot slot, ReadRow row)
    {
        var added = new List<string>();
        foreach (var tag in row.Tags)
        {
            var folded = SearchText.Fold(tag);
            if (folded.Length == 0 || (slot.Stored is { } stored && known.Tags.Contains((stored.Id, folded)))) continue;
            if (slot.NewTags.TryAdd(folded, tag)) added.Add(tag);
        }

        return added;
    }

    private void Register(string key, Slot slot)
    {
        if (!byKey.TryGetValue(key, out var slots)) byKey[key] = slots = [];
        if (!slots.Contains(slot)) slots.Add(slot);
    }

    private string KeyField => settings.Match switch
    {
        MatchRule.ExternalId => ImportField.ExternalId,
        MatchRule.Email => ImportField.Email,
        MatchRule.Phone => ImportField.Phone,
        _ => ImportField.Name,
    };

    private static PlannedRow Refused(ReadRow row) => new(row, RowOutcome.Refused);

    private static PlannedRow Refused(ReadRow row, string field, string sentence) => Refused(row, new Refusal(field, sentence));

    private static PlannedRow Refused(ReadRow row, Refusal refusal)
    {
        row.Refusals.Add(refusal);
        return Refused(row);
    }
}
