using CrmWeb.Data;
using CrmWeb.Data.History;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.CustomFields;

/// <summary>A value that the other type cannot have.</summary>
public sealed record LostValue(long CustomerId, string Customer, string Text);

/// <summary>What a change of the type would do: nothing of it is done yet.</summary>
public sealed record ConversionPreview(CustomField Field, CustomFieldType To, long Kept, long Lost, IReadOnlyList<LostValue> Samples, IReadOnlyList<string> NewOptions);

/// <summary>Brings the values of a field into another type: each is read as if somebody typed what it says now. The same lines count first and write then.</summary>
public sealed class FieldConversion(CrmDb db, string currency)
{
    /// <summary>Customers whose values are changed in one short transaction.</summary>
    public const int Batch = 2_000;

    private const int Samples = 10;

    private readonly List<string> newOptions = [];
    private Dictionary<string, long>? members;
    private bool isWriting;

    public async Task<ConversionPreview> Preview(CustomField field, CustomFieldType to, CancellationToken stop)
    {
        await Know(to, stop);
        newOptions.Clear();
        var target = field.As(to);
        var (kept, lost, samples) = (0L, 0L, new List<LostValue>());
        for (var batch = await Next(field, 0, stop); batch.Count > 0; batch = await Next(field, batch[^1].Customer, stop))
        {
            foreach (var one in batch)
            {
                if (Convert(field, target, one.Texts).Count > 0) kept++;
                else if (++lost <= Samples) samples.Add(new(one.Customer, one.Name, string.Join(", ", one.Texts)));
            }
        }

        return new(field, to, kept, lost, samples, [.. newOptions]);
    }

    /// <summary>Makes the field hold the other type, with the options that its values need. The field must be tracked, with its options; <see cref="Step"/> brings the values along.</summary>
    public async Task Become(CustomField field, ConversionPreview preview, CancellationToken stop)
    {
        field.Become(preview.To);
        // options have ids before a value points to them
        var last = field.Options.Select(option => option.Position).DefaultIfEmpty(0).Max();
        foreach (var name in preview.NewOptions) field.Options.Add(new CustomFieldOption(name, ++last));
        await db.SaveChangesAsync(stop);
    }

    /// <summary>Brings the values of the next customers along. Needs an open transaction.</summary>
    /// <param name="from">What the field held before.</param>
    /// <param name="after">The last customer of the step before; 0 at the beginning.</param>
    /// <returns>How many customers, and the last of them; none when nobody is left.</returns>
    public async Task<(int Count, long Last)> Step(CustomField field, CustomFieldType from, long after, CancellationToken stop)
    {
        isWriting = true;
        await Know(field.Type, stop);
        var old = field.As(from);
        var batch = await Next(old, after, stop);
        if (batch.Count == 0) return (0, after);
        var rows = batch.SelectMany(one => Convert(old, field, one.Texts).Select(text => (one.Customer, Row: new CustomValue(field, text)))).ToList();
        List<long> gone = [.. batch.SelectMany(one => one.Rows)];
        await CustomerFacts.Touch(db, batch.ConvertAll(one => one.Customer), stop);
        await db.CustomValues.Where(v => gone.Contains(v.Id)).ExecuteDeleteAsync(stop);
        await db.BulkInsert(rows.ConvertAll(row => row.Row), [new(nameof(CustomValue.CustomerId), i => rows[i].Customer)], stop);
        // what came along is told by the new kind of the field; what was lost must not be lost to the history too
        var kept = rows.Select(row => row.Customer).ToHashSet();
        await db.Tell([.. batch.Where(one => !kept.Contains(one.Customer))
            .Select(one => new Change(RecordKind.Customer, one.Customer, one.Customer) { Field = field.Name, Old = string.Join(", ", one.Texts) })], stop);
        return (batch.Count, batch[^1].Customer);
    }

    private async Task Know(CustomFieldType to, CancellationToken stop) => members ??= to == CustomFieldType.Member
        ? (await db.Members.Where(m => m.DeactivatedAt == null).Select(m => new { m.Name, m.Id }).ToListAsync(stop)).GroupBy(m => SearchText.Fold(m.Name), StringComparer.Ordinal)
            .Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.First().Id, StringComparer.Ordinal)
        : [];

    /// <summary>The values in the form of the other type; none when one of them cannot have it.</summary>
    private List<string> Convert(CustomField from, CustomField to, IReadOnlyList<string> texts)
    {
        if (from.Type == CustomFieldType.Choices && to.Type.IsText()) texts = [string.Join(", ", texts)];
        if (texts.Count > 1 && to.Type != CustomFieldType.Choices) return [];
        var read = texts.Select(text => Read(to, text)).ToList();
        return read.Contains(null) ? [] : read.ConvertAll(text => text!);
    }

    private string? Read(CustomField to, string text)
    {
        if (to.Type == CustomFieldType.Member) return members!.TryGetValue(SearchText.Fold(text), out var member) ? CustomText.Id(member) : null;
        // a name alone does not tell a customer for sure
        if (to.Type == CustomFieldType.Customer) return null;
        if (!to.Type.HasOptions()) return CustomText.Read(to, text, currency, out _);
        if (to.OptionNamed(text) is { } option) return CustomText.Id(option.Id);
        if (isWriting || text.Length > CustomFieldOption.NameLength || SearchText.Fold(text).Length == 0) return null;
        if (newOptions.Exists(name => SearchText.Fold(name) == SearchText.Fold(text))) return "";
        if (to.Options.Count + newOptions.Count >= CustomField.MostOptions) return null;
        newOptions.Add(text.ReplaceLineEndings(" ").Trim());
        return "";
    }

    /// <summary>The next customers with what they have in the field, as people read it, in the order of their ids; empty at the end.</summary>
    private async Task<List<Held>> Next(CustomField field, long after, CancellationToken stop)
    {
        var id = field.Id;
        var customers = await db.CustomValues.Where(v => v.FieldId == id && v.CustomerId > after).Select(v => v.CustomerId).Distinct().OrderBy(c => c).Take(Batch).ToListAsync(stop);
        if (customers.Count == 0) return [];
        var until = customers[^1];
        var rows = await db.CustomValues.AsNoTracking().IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(v => v.FieldId == id && v.CustomerId > after && v.CustomerId <= until)
            .Select(v => new { Value = v, Customer = v.Customer!.Name, Member = v.Member!.Name, Reference = v.Reference!.Name }).ToListAsync(stop);
        return [.. rows.GroupBy(row => row.Value.CustomerId).OrderBy(its => its.Key).Select(its => new Held(
            its.Key, its.First().Customer, [.. its.Select(row => row.Value.Id)],
            [.. its.OrderBy(row => row.Value.Id).Select(row => Say(field, row.Value, row.Member, row.Reference)).OfType<string>()]))];
    }

    private static string? Say(CustomField field, CustomValue value, string? member, string? reference) => field.Type switch
    {
        CustomFieldType.Choice or CustomFieldType.Choices => field.Option(value.OptionId ?? 0)?.Name,
        CustomFieldType.Member => member,
        CustomFieldType.Customer => reference,
        _ => value.Read(field.Type),
    };

    private sealed record Held(long Customer, string Name, IReadOnlyList<long> Rows, IReadOnlyList<string> Texts);
}
