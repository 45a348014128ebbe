using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>The custom fields of a batch: what each row says of them, and what they ask of it.</summary>
internal sealed class CustomerBatchFields(MemberFields fields, CurrentMember me, IStringLocalizer L)
{
    private CustomFieldSet seen = CustomFieldSet.None;
    private CustomFieldSet all = CustomFieldSet.None;

    public async Task Load(CrmDb db, IReadOnlyCollection<Customer> stored, CancellationToken stop)
    {
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
        return details with { Custom = values };
    }

    /// <summary>Once the rows have their details: the first of those that share what no two may have gets it.</summary>
    public async Task Check(CrmDb db, IReadOnlyList<CustomerBatchRow> rows, CancellationToken stop)
    {
        if (seen.IsEmpty) return;
        var changes = rows.Select(row => (Row: row, Change: new CustomChange(row.Stored?.Id, row.Stored is null ? null : Before(row.Stored), row.After!) { Says = row.Names })).ToList();
        var rules = await CustomFieldRules.Load(db, seen, seen, changes.ConvertAll(one => one.Change), stop);
        foreach (var (row, change) in changes)
        {
            // what was typed wrong is not missing too
            foreach (var (field, problem) in rules.Broken(change, row).Where(one => !row.IsWrong(one.Field.Name)).ToList()) row.Refuse(field.Name, L.Of(field, problem));
            if (!row.IsRefused) rules.Claim(change, row);
        }
    }
}
