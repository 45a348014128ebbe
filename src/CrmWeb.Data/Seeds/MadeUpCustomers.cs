using System.Globalization;
using CrmWeb.Domain.Customers;

namespace CrmWeb.Data.Seeds;

/// <summary>
/// People and organisations that do not exist, with names, places and numbers as their country has them. Mail addresses and sites end in
/// ".example", which nobody can own.
/// </summary>
internal sealed class MadeUpCustomers(Chance chance, IReadOnlyList<(string Country, int Weight)> countries)
{
    private readonly (NamePage Page, int Weight)[] pages = [.. countries.Select(c => (NameBook.Pages[c.Country], c.Weight))];

    public CustomerDetails Organisation(out NamePage page)
    {
        page = chance.Weighted(pages);
        var surname = chance.Common(page["s"]);
        var city = chance.Common(page["c"]);
        var name = chance.Common(page["o"]).Replace("{c}", city, StringComparison.Ordinal).Replace("{w}", chance.Of(page["w"]), StringComparison.Ordinal);
        while (name.IndexOf("{s}", StringComparison.Ordinal) is >= 0 and var at)
        {
            name = name.Remove(at, 3).Insert(at, surname);
            surname = chance.Common(page["s"]);
        }

        var domain = Domain(name, page);
        return Place(page, city) with
        {
            Kind = CustomerKind.Organisation,
            Name = name,
            Email = chance.Is(0.85) ? $"{chance.Of(["info", "office", "contact", "hello"])}@{domain}" : null,
            Phone = chance.Is(0.9) ? chance.Digits(chance.Common(page["p"])) : null,
            Website = chance.Is(0.7) ? $"https://www.{domain}" : null,
            Industry = chance.Common(Phrases.Industries),
        };
    }

    /// <param name="at">The organisation the person works for; its mail domain and city are shared.</param>
    public CustomerDetails Person(out NamePage page, CustomerDetails? at = null)
    {
        page = at?.Country is { } country ? NameBook.Pages[country] : chance.Weighted(pages);
        var woman = chance.Is(0.5);
        var first = chance.Common(page[woman ? "f" : "m"]);
        var last = chance.Common(woman ? page.WomenSurnames : page["s"]);
        if (chance.Is(0.1) && page.Country is not ("IR" or "JP")) last = $"{last}-{chance.Common(page["s"])}";
        var name = page.Country == "JP" ? $"{last} {first}" : $"{first} {last}";
        var local = page.Country is "IR" or "JP" ? "" : Latin($"{first}.{last}");
        if (local.Length < 3) local = string.Create(CultureInfo.InvariantCulture, $"{chance.Of(["info", "mail", "post", "kontakt"])}{chance.Between(10, 99_999)}");
        var domain = at?.Website?.Replace("https://www.", "", StringComparison.Ordinal) ?? chance.Of(["mail.example", "post.example", "home.example", "letters.example"]);
        if (at?.Website is null && chance.Is(0.7)) local += chance.Between(1, 9999).ToString(CultureInfo.InvariantCulture);
        return Place(page, at?.City ?? chance.Common(page["c"])) with
        {
            Kind = CustomerKind.Person,
            Name = name,
            Email = chance.Is(0.9) ? $"{local}@{domain}" : null,
            Phone = chance.Is(0.75) ? chance.Digits(chance.Of(page["p"])) : null,
        };
    }

    private CustomerDetails Place(NamePage page, string city) => new()
    {
        Name = "",
        PhoneCountry = page.Country,
        Street = chance.Is(0.8) ? string.Create(CultureInfo.InvariantCulture, $"{chance.Of(page["r"])} {chance.Between(1, 180)}") : null,
        City = city,
        PostalCode = chance.Is(0.8) ? chance.Digits(chance.Of(page["z"])) : null,
        Country = page.Country,
        Language = page.Language,
        PreferredChannel = chance.Is(0.4) ? chance.Weighted((Channel.Email, 5), (Channel.Call, 4), (Channel.Chat, 1), (Channel.Meeting, 1)) : null,
        Source = chance.Is(0.85) ? chance.Common(Phrases.Sources) : null,
        Stage = chance.Weighted(
            (LifecycleStage.Lead, 28), (LifecycleStage.Prospect, 18), (LifecycleStage.Customer, 27), (LifecycleStage.Loyal, 9), (LifecycleStage.Dormant, 11), (LifecycleStage.Churned, 7)),
    };

    private string Domain(string name, NamePage page)
    {
        var word = Latin(name);
        if (word.Length < 4) word = string.Create(CultureInfo.InvariantCulture, $"firm-{page.Country}-{chance.Between(100, 99_999)}").ToLowerInvariant();
        return (word.Length > 40 ? word[..40] : word).Trim('-', '.') + ".example";
    }

    // folded, and what is left of other scripts thrown away
    private static string Latin(string text)
    {
        var plain = SearchText.Fold(text.Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal));
        var kept = new string([.. plain.Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '-')]);
        while (kept.Contains("--", StringComparison.Ordinal) || kept.Contains("..", StringComparison.Ordinal))
            kept = kept.Replace("--", "-", StringComparison.Ordinal).Replace("..", ".", StringComparison.Ordinal);
        return kept.Replace("-.", ".", StringComparison.Ordinal).Replace(".-", ".", StringComparison.Ordinal).Trim('-', '.');
    }
}
