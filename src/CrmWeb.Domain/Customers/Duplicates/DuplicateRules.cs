using System.Collections.Frozen;

namespace CrmWeb.Domain.Customers.Duplicates;

/// <summary>Why two customers may be the same one. Numbers are stored.</summary>
[Flags]
public enum DuplicateReason
{
    None = 0,
    SameEmail = 1,
    SamePhone = 2,
    SameName = 4,

    /// <summary>The same words in another order.</summary>
    SwappedName = 8,

    /// <summary>One letter apart.</summary>
    AlikeName = 16,

    /// <summary>Addresses at the same domain, which is no public mail service; counts beside a name that is alike.</summary>
    SameDomain = 32,
}

/// <summary>What the rules look at.</summary>
/// <param name="Name">Folded.</param>
/// <param name="Emails">In normal form, the further ones too.</param>
/// <param name="Phones">Likewise.</param>
public sealed record DuplicateProfile(CustomerKind Kind, string Name, IReadOnlyCollection<string> Emails, IReadOnlyCollection<string> Phones)
{
    public static DuplicateProfile Of(CustomerDetails details) => new(
        details.Kind, SearchText.Fold(details.Name),
        Normals(ContactPointKind.Email, [details.Email, .. details.OtherEmails], null), Normals(ContactPointKind.Phone, [details.Phone, .. details.OtherPhones], details.PhoneCountry));

    private static List<string> Normals(ContactPointKind kind, IEnumerable<string?> typed, string? country) => [.. typed.Select(value => ContactPoint.Normalise(kind, value, country)).OfType<string>().Distinct(StringComparer.Ordinal)];
}

/// <summary>How likely two customers are the same one, from 0 to 100, and why.</summary>
public readonly record struct Likeness(int Score, DuplicateReason Reasons)
{
    public bool IsLikely => Score >= DuplicateRules.Likely;

    /// <summary>The names are alike, not only an address or a number is shared.</summary>
    public bool IsOfName => (Reasons & (DuplicateReason.SameName | DuplicateReason.SwappedName | DuplicateReason.AlikeName)) != DuplicateReason.None;
}

/// <summary>
/// The rules by which customers are held for the same one. Each reason leaves a share of doubt; the shares are multiplied, as if they were independent.
/// The weights are our judgement, not measured: same mail 0.7, same name 0.65, words swapped or same phone 0.6, one letter off 0.5, same domain 0.4.
/// </summary>
public static class DuplicateRules
{
    /// <summary>From here on a pair is worth a look.</summary>
    public const int Likely = 50;

    /// <summary>From here on somebody who adds a customer is told: they have them in mind, and look faster.</summary>
    public const int Warned = 40;

    private static readonly FrozenSet<string> PublicMail = new[]
    {
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.de", "ymail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "icloud.com", "me.com", "aol.com", "gmx.de",
        "gmx.net", "gmx.at", "web.de", "t-online.de", "freenet.de", "mail.com", "proton.me", "protonmail.com", "mail.ru", "yandex.ru", "chmail.ir", "mailfa.com",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Symmetric. A person and an organisation are never the same one.</summary>
    public static Likeness Compare(DuplicateProfile one, DuplicateProfile other)
    {
        if (one.Kind != other.Kind) return default;
        var name = NameReason(one.Name, other.Name);
        var reasons = name;
        if (one.Emails.Any(other.Emails.Contains)) reasons |= DuplicateReason.SameEmail;
        if (one.Phones.Any(other.Phones.Contains)) reasons |= DuplicateReason.SamePhone;
        if (name != DuplicateReason.None && Domains(one).Intersect(Domains(other), StringComparer.Ordinal).Any()) reasons |= DuplicateReason.SameDomain;
        if (reasons == DuplicateReason.None) return default;

        var doubt = Doubt(reasons);
        var belief = 1 - doubt;
        // a family shares a number, a department an address; before a name is typed nothing speaks against it
        if (name == DuplicateReason.None && one.Name.Length > 0 && other.Name.Length > 0) belief *= reasons.HasFlag(DuplicateReason.SameEmail) ? 0.85 : 0.75;
        // both can be reached, and not in one common way
        else if (name != DuplicateReason.None && (reasons & (DuplicateReason.SameEmail | DuplicateReason.SamePhone | DuplicateReason.SameDomain)) == DuplicateReason.None && one.Emails.Count > 0 && other.Emails.Count > 0) belief *= 0.85;
        return new((int)Math.Round(belief * 100), reasons);
    }

    private static double Doubt(DuplicateReason reasons)
    {
        var doubt = 1.0;
        if (reasons.HasFlag(DuplicateReason.SameEmail)) doubt *= 0.3;
        if (reasons.HasFlag(DuplicateReason.SamePhone)) doubt *= 0.4;
        if (reasons.HasFlag(DuplicateReason.SameName)) doubt *= 0.35;
        if (reasons.HasFlag(DuplicateReason.SwappedName)) doubt *= 0.4;
        if (reasons.HasFlag(DuplicateReason.AlikeName)) doubt *= 0.5;
        if (reasons.HasFlag(DuplicateReason.SameDomain)) doubt *= 0.6;
        return doubt;
    }

    private static DuplicateReason NameReason(string one, string other)
    {
        if (one.Length == 0 || other.Length == 0) return DuplicateReason.None;
        if (one == other) return DuplicateReason.SameName;
        if (NameLikeness.Words(one) == NameLikeness.Words(other)) return DuplicateReason.SwappedName;
        return Math.Min(one.Length, other.Length) >= NameLikeness.Shortest && NameLikeness.IsOneOff(one, other) ? DuplicateReason.AlikeName : DuplicateReason.None;
    }

    private static IEnumerable<string> Domains(DuplicateProfile profile) => profile.Emails.Select(email => email[(email.LastIndexOf('@') + 1)..]).Where(domain => !PublicMail.Contains(domain));
}
