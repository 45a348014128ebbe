using System.Collections.Immutable;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Domain.Customers.Merges;

/// <summary>What one customer says that was two: of each field one of the two values, of lists all of both. And the way back.</summary>
public static class MergedDetails
{
    private const string Kind = "kind";
    private const string Emails = "otherEmails";
    private const string Phones = "otherPhones";

    /// <summary>Fields in which one value must give way.</summary>
    public static IEnumerable<DetailField> Choices(CustomerDetails survivor, CustomerDetails other, CustomFieldSet fields) =>
        DetailField.Between(survivor, other).Where(field => field.Name is not (Kind or Emails or Phones) && fields.Named(field.Name)?.Type != CustomFieldType.Choices);

    /// <param name="survivor">Its id and what it says, custom values of every field among it.</param>
    /// <param name="other">Likewise.</param>
    /// <param name="fields">Every custom field in use.</param>
    /// <param name="takesOther">Whether the value of the other one shall stand in a field in which the two differ.</param>
    public static CustomerDetails Of(
        (long Id, CustomerDetails Details) survivor, (long Id, CustomerDetails Details) other, CustomFieldSet fields, Func<DetailField, bool> takesOther)
    {
        var (mine, theirs) = (survivor.Details, other.Details);
        var merged = Choices(mine, theirs, fields).Where(takesOther).Aggregate(mine, (details, field) => field.Take(details, theirs));
        merged = merged with
        {
            OtherEmails = United(ContactPointKind.Email, merged.Email, merged.PhoneCountry, mine.OtherEmails, [mine.Email, theirs.Email, .. theirs.OtherEmails]),
            OtherPhones = United(ContactPointKind.Phone, merged.Phone, merged.PhoneCountry, mine.OtherPhones, [mine.Phone, theirs.Phone, .. theirs.OtherPhones]),
            // nobody belongs to themselves
            OrganisationId = merged.OrganisationId == survivor.Id || merged.OrganisationId == other.Id ? null : merged.OrganisationId,
        };
        foreach (var field in fields.All)
        {
            var values = merged.Custom.GetValueOrDefault(field.Key, []);
            if (field.Type == CustomFieldType.Choices) merged = merged.With(field.Key, fields.Ordered(field, values.Concat(theirs.Custom.GetValueOrDefault(field.Key, []))));
            else if (field.Type == CustomFieldType.Customer && values.Any(value => CustomText.Id(value) is { } id && (id == survivor.Id || id == other.Id))) merged = merged.With(field.Key, []);
        }

        return merged;
    }

    /// <summary>What the survivor says without the merge: where it still says what the merge wrote, what stood there before. What came later stays.</summary>
    /// <param name="mayStand">Whether what stood in a field before can stand there again.</param>
    public static CustomerDetails Without(CustomerDetails now, CustomerDetails before, CustomerDetails after, CustomFieldSet fields, Func<DetailField, bool> mayStand)
    {
        var back = DetailField.Between(before, after).Where(field => !IsList(field, fields) && field.IsSame(now, after) && mayStand(field))
            .Aggregate(now, (details, field) => field.Take(details, before));
        return DetailField.Between(before, after).Where(field => IsList(field, fields) && mayStand(field)).Aggregate(back, (details, field) =>
        {
            var (was, wrote, there) = (Values(field, before), Values(field, after), Values(field, now));
            var own = field.Name switch { Emails => before.Email, Phones => before.Phone, _ => null };
            var first = field.Name switch { Emails => details.Email, Phones => details.Phone, _ => null };
            if (field.IsSame(now, after) && own == first) return field.Take(details, before);
            // its own first address stays among the further ones where another one is first now
            var left = there.Where(value => !wrote.Contains(value, StringComparer.Ordinal) || was.Contains(value, StringComparer.Ordinal) || (value == own && first != own));
            var returned = was.Where(value => !wrote.Contains(value, StringComparer.Ordinal) && value != first);
            return field.Take(details, WithValues(details, field, fields, [.. left.Union(returned, StringComparer.Ordinal)]));
        });
    }

    private static bool IsList(DetailField field, CustomFieldSet fields) => field.Name is Emails or Phones || fields.Named(field.Name)?.Type == CustomFieldType.Choices;

    private static ImmutableArray<string> Values(DetailField field, CustomerDetails details) => field.Get(details) is ImmutableArray<string> { IsDefault: false } values ? values : [];

    private static CustomerDetails WithValues(CustomerDetails details, DetailField field, CustomFieldSet fields, ImmutableArray<string> values) => field.Name switch
    {
        Emails => details with { OtherEmails = values },
        Phones => details with { OtherPhones = values },
        _ when fields.Named(field.Name) is { } custom => details.With(custom.Key, fields.Ordered(custom, values)),
        _ => details,
    };

    private static ImmutableArray<string> United(ContactPointKind kind, string? first, string? country, ImmutableArray<string> own, ImmutableArray<string?> more)
    {
        // what was there stays as it is, so that its rows and their order do, be it said twice
        var united = own.ToList();
        foreach (var value in more.OfType<string>())
        {
            if (Normal(value) != Normal(first) && !united.Exists(there => Normal(there) == Normal(value))) united.Add(value);
        }

        return [.. united];

        string Normal(string? value) => ContactPoint.Normalise(kind, value, country) ?? value ?? "";
    }
}
