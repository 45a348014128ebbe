namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>What a custom field holds.</summary>
public enum CustomFieldType
{
    Text = 0,
    LongText = 1,
    Number = 2,
    Money = 3,
    Date = 4,
    YesNo = 5,
    Choice = 6,

    /// <summary>Several of the options at once.</summary>
    Choices = 7,

    /// <summary>An address of a web page.</summary>
    Link = 8,
    Member = 9,
    Customer = 10,
}

public static class CustomFieldTypes
{
    public static bool HasOptions(this CustomFieldType type) => type is CustomFieldType.Choice or CustomFieldType.Choices;

    /// <summary>What two customers can be kept from sharing.</summary>
    public static bool MayBeUnique(this CustomFieldType type) => type is CustomFieldType.Text or CustomFieldType.Number or CustomFieldType.Link;

    /// <summary>What a list can be ordered by: members and customers stand in the order of their names.</summary>
    public static bool IsSortable(this CustomFieldType type) => type is not (CustomFieldType.LongText or CustomFieldType.Choices);

    /// <summary>A member or a customer is different in every record; nothing sensible stands there beforehand.</summary>
    public static bool MayHaveDefault(this CustomFieldType type) => type is not (CustomFieldType.Member or CustomFieldType.Customer or CustomFieldType.Choices);

    public static bool IsText(this CustomFieldType type) => type is CustomFieldType.Text or CustomFieldType.LongText or CustomFieldType.Link;

    public static bool IsNumber(this CustomFieldType type) => type is CustomFieldType.Number or CustomFieldType.Money or CustomFieldType.YesNo;
}
