using System.Reflection;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Takes one change back in the form of its customer: the form then goes the way of every edit.</summary>
public static class CustomerPutBack
{
    /// <summary>Whether the change is one of a field that the form has.</summary>
    /// <param name="custom">The custom fields that the member sees.</param>
    public static bool CanPutBack(this Change change, CustomFieldSet custom) =>
        change is { Record: RecordKind.Customer, Act: Act.Changed, Field: { } field } && (custom.Named(field) is not null || FieldOf(field) is not null);

    /// <summary>Puts the value from before the change into the form. Of a list, one entry leaves or comes back.</summary>
    public static void PutBack(this Change change, CustomerForm form)
    {
        if (change.Field!.StartsWith(CustomField.Prefix, StringComparison.Ordinal))
        {
            PutCustomBack(change, form);
            return;
        }

        var field = FieldOf(change.Field!)!;
        if (change.Field is "tags" or "emails" or "phones") field.SetValue(form, Lines((string?)field.GetValue(form), change.New, change.Old));
        else if (change.Field == "country") form.Country = change.Old is null ? null : Countries.NameOf(change.Old);
        else field.SetValue(form, ChangeText.Read(field.PropertyType, change.Old));
    }

    private static void PutCustomBack(Change change, CustomerForm form)
    {
        var key = change.Field![CustomField.Prefix.Length..];
        var values = form.Custom.GetValueOrDefault(key, []).Where(value => value != change.New);
        form.Custom[key] = change.Old is null ? [.. values] : [.. values.Append(change.Old).Distinct(StringComparer.Ordinal)];
    }

    private static PropertyInfo? FieldOf(string field) => CustomerSeen.Properties.FirstOrDefault(property => property.Name.Equals(field switch
    {
        "emails" => nameof(CustomerForm.OtherEmails),
        "phones" => nameof(CustomerForm.OtherPhones),
        _ => field,
    }, StringComparison.OrdinalIgnoreCase));

    private static string Lines(string? text, string? leaves, string? comes)
    {
        var lines = CustomerForm.Lines(text).Where(line => line != leaves);
        return string.Join('\n', comes is null ? lines : lines.Append(comes).Distinct(StringComparer.Ordinal));
    }
}
