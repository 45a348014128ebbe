using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    private static readonly CustomFieldDetails Plain = new("", null, null, false, false, null, Role.None, StageSet.None);

    /// <summary>A custom field; of a choice with these options. Answers it with its ids.</summary>
    public static Task<CustomField> Field(
        TestTenant tenant, CustomFieldType type, string? label = null, Func<CustomFieldDetails, CustomFieldDetails>? with = null, params string[] options) => tenant.Use(async db =>
    {
        await db.CustomFieldsChange(default);
        label ??= $"Field {Number()}";
        var details = Plain with { Label = label };
        var field = new CustomField(CustomField.KeyFor(label, []), type, with?.Invoke(details) ?? details, Number());
        field.Options.AddRange(options.Select((name, i) => new CustomFieldOption(name, i + 1)));
        db.CustomFields.Add(field);
        await db.SaveChangesAsync();
        return field;
    });

    public static Task<CustomFieldSet> FieldsOf(TestTenant tenant) => tenant.Use(db => db.LoadCustomFields(default));
}
