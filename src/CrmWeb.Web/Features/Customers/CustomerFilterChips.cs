using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>The filters that are on, as the bar shows them: ids as the names that the member may see.</summary>
public static class CustomerFilterChips
{
    public static async Task<IReadOnlyList<Filter>> Of(CustomerFilter filter, IReadOnlyList<FilterField> fields, CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        var chips = new List<Filter>();
        foreach (var (field, op, values) in filter.Conditions)
        {
            var shown = field.Kind == CustomerFieldKind.Reference && values.Count > 0 ? await Names(field, values, db, L, stop) : null;
            chips.Add(new(fields.First(f => f.Key == field.Key), op, values, shown));
        }

        return chips;
    }

    private static async Task<string> Names(CustomerFilterField field, IReadOnlyList<string> values, CrmDb db, IStringLocalizer L, CancellationToken stop)
    {
        var ids = values.Where(value => value != CustomerFilterFields.Me).Select(value => long.Parse(value, CultureInfo.InvariantCulture)).ToList();
        var query = (field.Custom is { } custom ? custom.Type == CustomFieldType.Member ? "owner" : "" : field.Key) switch
        {
            "owner" => db.Members.Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.Name }),
            "team" => db.Teams.Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Name }),
            CustomerColumns.Tier => db.ServiceTiers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Name }),
            CustomerFilterFields.Segment => db.Segments.Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.Name }),
            "tag" => db.Set<Tag>().Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Name }),
            _ => db.Customers.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name }),
        };
        var names = await query.ToDictionaryAsync(row => row.Id.ToString(CultureInfo.InvariantCulture), row => row.Name, stop);
        return string.Join(L[", "], values.Select(value => value == CustomerFilterFields.Me ? L["Me"].Value : names.GetValueOrDefault(value, "?")));
    }
}
