using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What custom fields ask of a batch: who is named by them, who has a value that no two may have, and what must be filled in. Asked for all rows at once.</summary>
internal sealed class BatchFields(ImportFields fields)
{
    private readonly Dictionary<(long Field, string Key), Slot> claimed = [];
    private readonly Dictionary<string, long?> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> byId = new(StringComparer.Ordinal);
    private Dictionary<(long Field, string Key), long> taken = [];

    public static async Task<BatchFields> Load(CrmDb db, ImportFields fields, BatchKnown known, IReadOnlyList<ReadRow> rows, CancellationToken stop)
    {
        var batch = new BatchFields(fields);
        if (fields.All.IsEmpty) return batch;
        await db.LoadCustomValues(known.Customers, fields.Seen, stop);
        await db.LoadCustomValues(known.Named.Values, fields.All, stop);
        await batch.LoadReferences(db, rows, stop);
        batch.taken = await db.TakenCustomValues([.. rows.Where(row => !row.IsRefused).SelectMany(row => Keys(row.Details)).Distinct()], stop);
        return batch;
    }

    /// <summary>The row with the customers that it names; refused when one is nobody, or several.</summary>
    public ReadRow WithReferences(ReadRow row)
    {
        if (row.References.Count == 0) return row;
        var (details, given) = (row.Details, row.Given.ToList());
        foreach (var (field, text) in row.References)
        {
            var found = byId.TryGetValue(text, out var id) ? id : byName.GetValueOrDefault(SearchText.Fold(text));
            if (found is not { } customer)
            {
                row.Refusals.Add(new(field.Name, Refusal.UnknownCustomer));
                continue;
            }

            details = details.With(field.Key, [CustomText.Id(customer)]);
            given.Add(Domain.Customers.Imports.DetailField.OfCustom(field.Key));
        }

        return row with { Details = details, Given = given };
    }

    /// <summary>Why a customer cannot become so; null when nothing speaks against it. What was there before and is missing in it too is no reason.</summary>
    public Refusal? Refuse(CustomerDetails details, Slot? slot)
    {
        if (fields.All.IsEmpty) return null;
        foreach (var (field, key) in Keys(details))
        {
            if (claimed.TryGetValue((field, key), out var by) ? by != slot : taken.TryGetValue((field, key), out var owner) && owner != slot?.Stored?.Id)
                return new(fields.All.ById(field)!.Name, Refusal.Taken);
        }

        if (slot is not null && slot.Details.Stage == details.Stage) return null;
        return fields.Seen.Missing(details.Custom, details.Stage).FirstOrDefault() is { } missing ? new(missing.Name, Refusal.Missing) : null;
    }

    public void Claim(CustomerDetails details, Slot slot)
    {
        foreach (var key in Keys(details)) claimed[key] = slot;
    }

    private static IEnumerable<(long Field, string Key)> Keys(CustomerDetails details) =>
        details.Custom.Count == 0 ? [] : details.CustomFields.All.Where(field => field.Unique)
            .SelectMany(field => details.Custom.GetValueOrDefault(field.Key, []).Select(text => (field.Id, CustomValue.UniqueKeyOf(field.Type, text))));

    private async Task LoadReferences(CrmDb db, IReadOnlyList<ReadRow> rows, CancellationToken stop)
    {
        List<string> texts = [.. rows.Where(row => !row.IsRefused).SelectMany(row => row.References).Select(reference => reference.Text).Distinct(StringComparer.Ordinal)];
        if (texts.Count == 0) return;
        List<string> names = [.. texts.Select(SearchText.Fold).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
        foreach (var one in await db.Customers.Where(c => EF.Parameter(texts).Contains(c.ExternalId!)).Select(c => new { c.ExternalId, c.Id }).ToListAsync(stop)) byId[one.ExternalId!] = one.Id;
        foreach (var same in (await db.Customers.Where(c => EF.Parameter(names).Contains(c.NameNormal)).Select(c => new { c.NameNormal, c.Id }).ToListAsync(stop)).GroupBy(c => c.NameNormal, StringComparer.Ordinal))
            byName[same.Key] = same.Count() == 1 ? same.First().Id : null;
    }
}
