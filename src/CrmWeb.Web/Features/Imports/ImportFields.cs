using System.Collections.Immutable;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Features.Shared;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The custom fields that an import has to do with: those that the member sees, and what every new customer has in them all.</summary>
public sealed record ImportFields(CustomFieldSet Seen, CustomFieldSet All)
{
    public static readonly ImportFields None = new(CustomFieldSet.None, CustomFieldSet.None);

    private readonly ImmutableDictionary<string, ImmutableArray<string>> defaults = All.Defaults();

    public static async Task<ImportFields> Of(MemberFields fields, CancellationToken stop) => new(await fields.Seen(stop), await fields.All(stop));

    /// <summary>What a new customer has: what the row says, and where it says nothing what the fields have by default.</summary>
    public CustomerDetails ForNew(CustomerDetails details) => All.IsEmpty ? details : details with { Custom = defaults.SetItems(details.Custom), CustomFields = All };
}
