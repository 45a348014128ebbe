using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>The form with what it offers to choose from. <paramref name="Id"/> is null for a new customer.</summary>
public sealed record CustomerFormPage(
    CustomerForm Form, long? Id, Conflict? Conflict, IReadOnlyList<SelectListItem> Owners, IReadOnlyList<SelectListItem> Teams,
    IReadOnlyList<SelectListItem> Organisations, IReadOnlyDictionary<string, IReadOnlyList<string>> Suggestions, CustomFieldSet Custom,
    IReadOnlyList<SelectListItem> References, IReadOnlyList<SelectListItem> Tiers)
{
    private const int Recent = 500;
    private const int MaxSuggestions = 40;

    public static async Task<CustomerFormPage> Read(CrmDb db, CustomerForm form, long? id, Conflict? conflict, CustomFieldSet custom, CancellationToken stop)
    {
        var (members, references) = (Ids(CustomFieldType.Member), Ids(CustomFieldType.Customer));
        var named = references.Count == 0 ? [] : await db.Customers.Where(c => references.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync(stop);
        var organisation = form.OrganisationId is not { } chosen ? null : await db.Customers.Where(c => c.Id == chosen).Select(c => new { c.Id, c.Name }).SingleOrDefaultAsync(stop);
        // words that were used lately are offered; the whole table is not read for that
        var used = await db.Customers.OrderByDescending(c => c.Id).Take(Recent).Select(c => new { c.Source, c.Industry, c.Language, c.Country }).ToListAsync(stop);
        return new(form, id, conflict, await db.MemberChoices(stop, [form.OwnerId, .. members.Select(member => (long?)member)]), await db.TeamChoices(stop),
            organisation is null ? [] : [Choices.Item(organisation.Id, organisation.Name)],
            new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
            {
                [nameof(CustomerForm.Source)] = Words(used.Select(u => u.Source)),
                [nameof(CustomerForm.Industry)] = Words(used.Select(u => u.Industry)),
                [nameof(CustomerForm.Language)] = Words(used.Select(u => u.Language)),
                [nameof(CustomerForm.Country)] = Words(used.Select(u => u.Country is null ? null : Countries.NameOf(u.Country))),
            }, custom, named.ConvertAll(c => Choices.Item(c.Id, c.Name)), await db.TierChoices(stop, form.ServiceTierId));

        List<long> Ids(CustomFieldType type) =>
            [.. custom.All.Where(field => field.Type == type).SelectMany(field => form.Custom.GetValueOrDefault(field.Key, [])).Select(text => CustomText.Id(text ?? "")).OfType<long>()];
    }

    private static IReadOnlyList<string> Words(IEnumerable<string?> used) =>
        [.. used.OfType<string>().CountBy(word => word, StringComparer.Ordinal).OrderByDescending(pair => pair.Value).Take(MaxSuggestions).Select(pair => pair.Key)];
}
