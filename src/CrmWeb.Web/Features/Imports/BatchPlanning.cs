using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// Decides what each row of a batch does. Rows are taken in the order of the file; a later row finds what an earlier one made or changed, so that
/// a customer who stands twice in the file is one customer. The dry run and the run share every line of this.
/// </summary>
internal sealed class BatchPlanning(CrmDb db, ImportSettings settings)
{
    private readonly MatchKeys keys = new(settings);
    private readonly Dictionary<string, List<Slot>> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> made = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Slot> organisations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Slot?> externalIds = new(StringComparer.Ordinal);
    private readonly BatchPlan plan = new();
    private BatchKnown known = null!;

    public static Task<BatchPlan> Plan(CrmDb db, ImportSettings settings, IReadOnlyList<ReadRow> rows, CancellationToken stop) => new BatchPlanning(db, settings).Plan(rows, stop);

    private async Task<BatchPlan> Plan(IReadOnlyList<ReadRow> rows, CancellationToken stop)
    {
        known = await BatchKnown.Load(db, keys, rows, stop);
        foreach (var customer in known.Customers)
        {
            var slot = new Slot(customer, CustomerDetails.Of(customer));
            foreach (var key in keys.KeysOf(customer)) Register(key, slot);
        }

        foreach (var row in rows) plan.Rows.Add(Decide(row));
        return plan;
    }

    private PlannedRow Decide(ReadRow row)
    {
        if (row.IsRefused) return Refused(row);
        var found = keys.KeyOf(row) is { } key ? byKey.GetValueOrDefault(key) : null;
        if (found?.Count > 1) return Refused(row, KeyField, Refusal.SeveralMatches);
        if (found?[0] is { } slot) return settings.OnMatch == OnMatch.Keep ? new(row, RowOutcome.Same, slot) : Change(row, slot);
        return Create(row);
    }

    private PlannedRow Create(ReadRow row)
    {
        var details = row.Details;
        // a list of addresses without names is common; the address is a name until somebody knows better
        if (details.Name.Length == 0) details = details with { Name = details.Email ?? details.Phone ?? row.Organisation ?? "" };
        if (details.Name.Length == 0) return Refused(row, ImportField.Name, Refusal.NameMissing);
        if (details.ExternalId is { } id && IsTaken(id, null)) return Refused(row, ImportField.ExternalId, settings.Match == MatchRule.ExternalId ? Refusal.Archived : Refusal.Taken);
        if (!TryOrganisation(row, null, details, out details, out var refusal)) return Refused(row, ImportField.Organisation, refusal);

        var slot = new Slot(null, details) { CreatedAt = row.CreatedAt };
        AddTags(slot, row);
        if (details.ExternalId is not null) externalIds[details.ExternalId] = slot;
        plan.Slots.Add(slot);
        if (details.Kind == CustomerKind.Organisation) organisations.TryAdd(SearchText.Fold(details.Name), slot);
        foreach (var key in keys.KeysOf(row)) Register(key, slot);
        return new(row, RowOutcome.New, slot, After: details);
    }

    private PlannedRow Change(ReadRow row, Slot slot)
    {
        var before = slot.Details;
        var after = row.Given.Where(field => settings.OnMatch == OnMatch.Update || field.IsEmpty(before)).Aggregate(before, (d, field) => field.Take(d, row.Details));
        if (row.Organisation is not null && (settings.OnMatch == OnMatch.Update || before.OrganisationId is null)
            && !TryOrganisation(row, slot, after, out after, out var refusal)) return Refused(row, ImportField.Organisation, refusal);
        if (after.ExternalId is { } id && after.ExternalId != before.ExternalId)
        {
            if (IsTaken(id, slot)) return Refused(row, ImportField.ExternalId, Refusal.Taken);
            externalIds[id] = slot;
        }

        after = after.Tidy() with { PhoneCountry = row.Details.PhoneCountry };
        var tags = AddTags(slot, row);
        if (DetailField.Between(before, after).Count == 0 && tags.Count == 0) return new(row, RowOutcome.Same, slot);
        slot.Details = after;
        if (!slot.IsChanged && slot.Stored is not null) plan.Slots.Add(slot);
        slot.IsChanged = true;
        foreach (var key in keys.KeysOf(row)) Register(key, slot);
        return new(row, RowOutcome.Changed, slot, before, after) { NewTags = tags };
    }

    private bool IsTaken(string externalId, Slot? by)
    {
        if (externalIds.TryGetValue(externalId, out var slot)) return slot != by;
        return known.Taken.TryGetValue(externalId, out var owner) && (by?.Stored is null || by.Stored.Id != owner);
    }

    private bool TryOrganisation(ReadRow row, Slot? of, CustomerDetails details, out CustomerDetails with, out string refusal)
    {
        (with, refusal) = (details, "");
        if (row.Organisation is not { } name || SearchText.Fold(name) is not { Length: > 0 } folded) return true;
        if (!known.Organisations.TryGetValue(folded, out var id))
        {
            if (!settings.MakeOrganisations && !organisations.ContainsKey(folded))
            {
                refusal = Refusal.UnknownOrganisation;
                return false;
            }

            id = Placeholder(folded, name.Trim());
        }

        if (id is null) refusal = Refusal.SeveralOrganisations;
        // nobody belongs to themselves, not by way of others either
        else if (LeadsTo(id, of)) return true;
        else if (details.Kind == CustomerKind.Person || SearchText.Fold(details.Name) != folded) with = details with { OrganisationId = id };
        return id is not null;
    }

    /// <summary>Stands for an organisation that has no id yet: one that a row above makes, or one that is made because rows name it.</summary>
    private long Placeholder(string folded, string name)
    {
        if (made.TryGetValue(folded, out var placeholder)) return placeholder;
        made[folded] = placeholder = -1 - made.Count;
        if (organisations.TryGetValue(folded, out var slot)) plan.OwnOrganisations[placeholder] = slot;
        else plan.Organisations[placeholder] = name;
        return placeholder;
    }

    private bool LeadsTo(long? id, Slot? of)
    {
        for (; id is { } own && plan.OwnOrganisations.TryGetValue(own, out var slot); id = slot.Details.OrganisationId)
        {
            if (slot == of) return true;
        }

        return false;
    }

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

    private static PlannedRow Refused(ReadRow row, string field, string sentence)
    {
        row.Refusals.Add(new(field, sentence));
        return Refused(row);
    }
}
