using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Whether what stood in a custom field can stand there again: the option and the customer are still there, and nobody took what no two may have.</summary>
internal sealed class RevertFields
{
    private readonly CustomFieldSet fields;
    private readonly HashSet<long> customers;
    private readonly Dictionary<(long Field, string Key), long> taken;

    private RevertFields(CustomFieldSet fields, IEnumerable<long> customers, Dictionary<(long Field, string Key), long> taken) =>
        (this.fields, this.customers, this.taken) = (fields, [.. customers], taken);

    public static async Task<RevertFields> Load(CrmDb db, CustomFieldSet fields, IReadOnlyList<Snapshot> before, CancellationToken stop)
    {
        if (fields.IsEmpty) return new(fields, [], []);
        var values = fields.All.SelectMany(field => before.SelectMany(s => s.Details.Custom.GetValueOrDefault(field.Key, [])).Select(text => (Field: field, Text: text))).ToList();
        List<long> referred = [.. values.Where(value => value.Field.Type == CustomFieldType.Customer).Select(value => CustomText.Id(value.Text)).OfType<long>().Distinct()];
        var has = await db.TakenCustomValues([.. values.Where(value => value.Field.Unique).Select(value => (value.Field.Id, CustomValue.UniqueKeyOf(value.Field.Type, value.Text))).Distinct()], stop);
        return new(fields, referred.Count == 0 ? [] : await db.StillThere(referred, stop), has);
    }

    public bool MayBePutBack(DetailField field, long customer, CustomerDetails before)
    {
        if (!field.Name.StartsWith(CustomField.Prefix, StringComparison.Ordinal)) return true;
        if (fields.Named(field.Name) is not { } custom) return false;
        return before.Custom.GetValueOrDefault(custom.Key, []).All(text => custom.Type switch
        {
            CustomFieldType.Choice or CustomFieldType.Choices => CustomText.Id(text) is { } option && custom.Option(option) is not null,
            CustomFieldType.Customer => CustomText.Id(text) is { } id && customers.Contains(id),
            CustomFieldType.Member => true,
            _ => CustomText.Read(custom, text, "EUR", out _) == text && !(custom.Unique && taken.TryGetValue((custom.Id, CustomValue.UniqueKeyOf(custom.Type, text)), out var by) && by != customer),
        });
    }
}
