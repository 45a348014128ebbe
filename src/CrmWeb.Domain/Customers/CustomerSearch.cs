using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>
/// What a customer is found by, folded, for the index of the engine. Each part stands between a space and the end of a line: nobody types an end
/// of a line, so nothing is found across two parts, and a space before the letters means the beginning of a word.
/// </summary>
public sealed class CustomerSearch : ITenantOwned
{
    private CustomerSearch() { }

    public CustomerSearch(long customerId, string text, string more) => (CustomerId, Text, More) = (customerId, text, more);

    public long TenantId { get; private set; }

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    /// <summary>Name, addresses, numbers, organisation, external id, tags: what is typed into a search is looked for here.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The plain fields (city, industry, …), so that a filter on the inside of one need not read every customer.</summary>
    public string More { get; private set; } = "";

    /// <param name="customer">Its own columns; contact points and organisation need not be loaded.</param>
    /// <param name="organisation">The folded name of its organisation.</param>
    /// <param name="others">Its further addresses and numbers.</param>
    /// <param name="tags">Folded.</param>
    public static CustomerSearch Of(Customer customer, string? organisation, IEnumerable<ContactPoint> others, IEnumerable<string> tags)
    {
        var parts = new List<string?> { customer.NameNormal };
        AddEmail(parts, customer.Email, customer.EmailNormal);
        AddPhone(parts, customer.Phone, customer.PhoneNormal);
        foreach (var point in others)
        {
            if (point.Kind == ContactPointKind.Email) AddEmail(parts, point.Value, point.Normal);
            else AddPhone(parts, point.Value, point.Normal);
        }

        parts.Add(organisation);
        parts.Add(SearchText.Fold(customer.ExternalId));
        parts.AddRange(tags);
        string?[] plain =
        [
            customer.Website, customer.Street, customer.City, customer.Region, customer.PostalCode, customer.Country,
            customer.Industry, customer.Language, customer.Source, customer.Description,
        ];
        return new(customer.Id, Join(parts), Join(plain.Select(SearchText.Fold)));
    }

    private static void AddEmail(List<string?> parts, string? typed, string? normal)
    {
        var folded = SearchText.Fold(typed);
        parts.Add(folded);
        // the domain in punycode, where it was typed in letters
        parts.Add(SearchText.Fold(normal));
    }

    private static void AddPhone(List<string?> parts, string? typed, string? normal)
    {
        var folded = SearchText.Fold(typed);
        var digits = string.Concat(folded.Where(char.IsAsciiDigit));
        parts.Add(normal);
        // "+49 (0)170": the zero is not in the normal form
        if (normal?.Contains(digits, StringComparison.Ordinal) != true) parts.Add(digits);
        if (normal is null || folded.Any(char.IsLetter)) parts.Add(folded);
    }

    private static string Join(IEnumerable<string?> parts) =>
        string.Concat(parts.OfType<string>().Where(part => part.Length > 0).Distinct(StringComparer.Ordinal).Select(part => $" {part}\n"));
}
