using System.Collections.Immutable;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Data.History;

/// <summary>What the history tells of a customer whose details were written past the tracker: the same rows as saving would.</summary>
public static class CustomerChanges
{
    private const string OtherEmails = "otherEmails";
    private const string OtherPhones = "otherPhones";

    public static IEnumerable<Change> Between(long customerId, CustomerDetails before, CustomerDetails after) =>
        DetailField.Between(before, after).SelectMany(field => field.Name switch
        {
            OtherEmails => Entries(customerId, Told.ListOf(ContactPointKind.Email), before.OtherEmails, after.OtherEmails),
            OtherPhones => Entries(customerId, Told.ListOf(ContactPointKind.Phone), before.OtherPhones, after.OtherPhones),
            var name when name.StartsWith(CustomField.Prefix, StringComparison.Ordinal) => Custom(customerId, name, (ImmutableArray<string>)field.Get(before)!, (ImmutableArray<string>)field.Get(after)!),
            _ => [new Change(RecordKind.Customer, customerId, customerId) { Field = field.Name, Old = ChangeText.Of(field.Get(before)), New = ChangeText.Of(field.Get(after)) }],
        });

    public static Change TagGiven(long customerId, string name) => new(RecordKind.Customer, customerId, customerId) { Field = "tags", New = name };

    public static Change TagTaken(long customerId, string name) => new(RecordKind.Customer, customerId, customerId) { Field = "tags", Old = name };

    // one value that takes the place of another is one change
    private static IEnumerable<Change> Custom(long customerId, string field, ImmutableArray<string> before, ImmutableArray<string> after) =>
        before.Length == 1 && after.Length == 1
            ? [new Change(RecordKind.Customer, customerId, customerId) { Field = field, Old = before[0], New = after[0] }]
            : Entries(customerId, field, before, after);

    private static IEnumerable<Change> Entries(long customerId, string field, ImmutableArray<string> before, ImmutableArray<string> after) =>
    [
        .. before.Except(after, StringComparer.Ordinal).Select(value => new Change(RecordKind.Customer, customerId, customerId) { Field = field, Old = value }),
        .. after.Except(before, StringComparer.Ordinal).Select(value => new Change(RecordKind.Customer, customerId, customerId) { Field = field, New = value }),
    ];
}
