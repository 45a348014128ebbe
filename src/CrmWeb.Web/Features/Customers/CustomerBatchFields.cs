using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>The custom fields of a batch: what each row says of them, whom it names, and what no two customers may share. Asked for all rows at once.</summary>
internal sealed class CustomerBatchFields(MemberFields fields, CurrentMember me, IStringLocalizer L)
{
    private readonly Dictionary<(long Field, string Key), CustomerBatchRow> claimed = [];
    private CustomFieldSet seen = CustomFieldSet.None;
    private CustomFieldSet all = CustomFieldSet.None;

    public async Task Load(CrmDb db, IReadOnlyCollection<Customer> stored, CancellationToken stop)
    {
        claimed.Clear();
        (seen, all) = (await fields.Seen(stop), await fields.All(stop));
        await db.LoadCustomValues(stored, seen, stop);
    }

    public CustomerDetails Before(Customer customer) => CustomerDetails.Of(customer, seen);

    /// <summary>The details with the values of the row; what is wrong with them is said at the row.</summary>
    public CustomerDetails With(CustomerBatchRow row, CustomerDetails details)
    {
        if (row.Stored is null) details = details with { Custom = all.Defaults(), CustomFields = all };
        var wrong = CustomInput.Read(row.Input!.Custom, details.Custom, seen, me.Pass.Currency, L, out var values);
        foreach (var (key, reason) in wrong) row.Refuse(key, reason);
        foreach (var missing in seen.Missing(values, details.Stage).Where(field => row.Stored is null || row.Names(field)))
            row.Refuse(missing.Name, missing.Required ? L["Please fill this in."] : L["Please fill this in: customers of this stage need it."]);
        return details with { Custom = values };
    }

    /// <summary>Once the rows have their details: ids are only words until the tenant has them and the member sees them (T3), and a value may be another's.</summary>
    public async Task Check(CrmDb db, IReadOnlyList<CustomerBatchRow> rows, CancellationToken stop)
    {
        if (seen.IsEmpty) return;
        var named = rows.SelectMany(row => seen.All.Where(field => row.Names(field)).SelectMany(field => row.After!.Custom.GetValueOrDefault(field.Key, []).Select(text => (Row: row, Field: field, Text: text)))).ToList();
        await CheckReferences(db, [.. named.Where(one => one.Field.Type is CustomFieldType.Member or CustomFieldType.Customer).Select(one => (one.Row, one.Field, CustomText.Id(one.Text)!.Value))], stop);
        var unique = named.Where(one => one.Field.Unique).Select(one => (one.Row, one.Field, Key: (one.Field.Id, CustomValue.UniqueKeyOf(one.Field.Type, one.Text)))).ToList();
        var taken = await db.TakenCustomValues([.. unique.Select(one => one.Key)], stop);
        foreach (var (row, field, key) in unique)
        {
            var isTaken = taken.TryGetValue(key, out var owner) && owner != row.Stored?.Id;
            if (isTaken || (!claimed.TryAdd(key, row) && claimed[key] != row)) row.Refuse(field.Name, L["Another customer has this value."]);
        }
    }

    private async Task CheckReferences(CrmDb db, List<(CustomerBatchRow Row, CustomField Field, long Id)> named, CancellationToken stop)
    {
        List<long> Ids(CustomFieldType type) => [.. named.Where(one => one.Field.Type == type).Select(one => one.Id).Distinct()];
        var (members, customers) = (Ids(CustomFieldType.Member), Ids(CustomFieldType.Customer));
        var here = members.Count == 0 ? [] : await db.Members.Where(m => EF.Parameter(members).Contains(m.Id) && m.DeactivatedAt == null).Select(m => m.Id).ToListAsync(stop);
        var there = customers.Count == 0 ? [] : await db.Customers.Where(c => EF.Parameter(customers).Contains(c.Id)).Select(c => c.Id).ToListAsync(stop);
        foreach (var (row, field, id) in named)
        {
            if (!(field.Type == CustomFieldType.Member ? here : there).Contains(id) || (field.Type == CustomFieldType.Customer && id == row.Stored?.Id))
                row.Refuse(field.Name, L["This choice is not there any more."]);
        }
    }
}
