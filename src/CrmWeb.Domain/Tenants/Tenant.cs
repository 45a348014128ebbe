namespace CrmWeb.Domain.Tenants;

/// <summary>One organisation that uses the product.</summary>
public sealed class Tenant : IVersioned
{
    public const int SlugLength = 40;
    public const int NameLength = 120;
    public const int TimeZoneLength = 64;
    public const int LanguageLength = 8;
    public const int CountryLength = 2;
    public const int CurrencyLength = 3;
    public const int UsualFreshDays = 365;
    public const int MostFreshDays = 3650;
    public const int DreamSectorLength = 400;

    private Tenant() { }

    /// <exception cref="ArgumentException">The slug is not of the form <see cref="IsSlug"/> asks for.</exception>
    public Tenant(string slug, string name, DateTime now)
    {
        if (!IsSlug(slug)) throw new ArgumentException("A slug has 2 to 40 small letters, digits and inner hyphens.", nameof(slug));
        Slug = slug;
        Name = name.Trim();
        CreatedAt = now;
    }

    public long Id { get; private set; }

    /// <summary>The name in the address, /t/{slug}. Small letters, digits and inner hyphens; never changes.</summary>
    public string Slug { get; private set; } = "";

    public string Name { get; private set; } = "";

    /// <summary>IANA name; decides what "today" and "this month" are.</summary>
    public string TimeZone { get; private set; } = "UTC";

    /// <summary>Language of mails and of members who chose none: "en" or "fa".</summary>
    public string Language { get; private set; } = "en";

    /// <summary>ISO 3166 alpha-2: how phone numbers without a country code are read. Null when the tenant has not said.</summary>
    public string? Country { get; private set; }

    /// <summary>ISO 4217 code of the currency sums are shown in.</summary>
    public string Currency { get; private set; } = "EUR";

    public DateTime CreatedAt { get; private set; }

    /// <summary>Counts the changes of the custom fields' definitions, so that what is remembered of them is known to be the newest; 0 while there are none.</summary>
    public int FieldsVersion { get; private set; }

    /// <summary>Counts the changes of saved views, of what is pinned and of what lists begin with; 0 while there are none.</summary>
    public int ViewsVersion { get; private set; }

    /// <summary>After so many days without an edit or a contact a record counts as stale.</summary>
    public int FreshDays { get; private set; } = UsualFreshDays;

    /// <summary>By which criteria products belong to the best ones, as they are written; null while nobody said.</summary>
    public string? DreamSector { get; private set; }

    public int Version { get; private set; }

    public void HoldDreamSector(string? written) => DreamSector = written;

    public void HoldFresh(int days) => FreshDays = days;

    public void Change(string name, string timeZone, string language, string? country, string currency)
    {
        (Name, TimeZone, Language, Country, Currency) = (name.Trim(), timeZone, language, country, currency);
    }

    public static bool IsSlug(string? text) =>
        text is { Length: >= 2 and <= SlugLength } && text[0] != '-' && text[^1] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
