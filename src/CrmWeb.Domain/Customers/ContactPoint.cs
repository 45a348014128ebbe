using System.Collections.Immutable;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

public enum ContactPointKind
{
    Email = 0,
    Phone = 1,
}

/// <summary>A further mail address or phone number of a customer. The first of each stands on the customer itself, where lists read it.</summary>
public sealed class ContactPoint : TenantOwned
{
    private ContactPoint() { }

    public ContactPoint(ContactPointKind kind, string value, string? phoneCountry) =>
        (Kind, Value, Normal) = (kind, value, Normalise(kind, value, phoneCountry));

    public long CustomerId { get; private set; }

    public Customer? Customer { get; private set; }

    public ContactPointKind Kind { get; private set; }

    /// <summary>As typed.</summary>
    public string Value { get; private set; } = "";

    /// <summary>The form that matching uses; null when the value is no address or number.</summary>
    public string? Normal { get; private set; }

    /// <summary>The form two spellings of one address or number share, or null.</summary>
    public static string? Normalise(ContactPointKind kind, string? typed, string? phoneCountry)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        if (kind == ContactPointKind.Email) return EmailAddress.TryNormalise(typed, out var email) ? email : null;
        return PhoneNumber.TryNormalise(typed, phoneCountry, out var phone) ? phone : null;
    }

    public static ImmutableArray<string> Typed(IEnumerable<ContactPoint> points, ContactPointKind kind) =>
        [.. points.Where(point => point.Kind == kind).OrderBy(point => point.Id).Select(point => point.Value)];

    /// <summary>Makes <paramref name="points"/> hold exactly <paramref name="values"/> of a kind; rows that stay are left untouched.</summary>
    internal static void Replace(List<ContactPoint> points, ContactPointKind kind, ImmutableArray<string> values, string? phoneCountry)
    {
        if (points.Count == 0 && values.IsEmpty) return;
        points.RemoveAll(point => point.Kind == kind && !values.Contains(point.Value, StringComparer.Ordinal));
        var kept = points.Where(point => point.Kind == kind).Select(point => point.Value).ToHashSet(StringComparer.Ordinal);
        points.AddRange(values.Where(kept.Add).Select(value => new ContactPoint(kind, value, phoneCountry)));
    }
}
