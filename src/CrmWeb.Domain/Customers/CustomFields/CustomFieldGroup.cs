using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.CustomFields;

/// <summary>A heading under which custom fields stand on the page and in the form.</summary>
public sealed class CustomFieldGroup : TenantOwned
{
    public const int NameLength = 80;

    private CustomFieldGroup() { }

    public CustomFieldGroup(string name, int position) => (Name, Position) = (name.Trim(), position);

    public string Name { get; private set; } = "";

    public int Position { get; set; }

    public void Rename(string name) => Name = name.Trim();
}

/// <summary>One of what can be chosen. Values point to it, so a new name reaches them all.</summary>
public sealed class CustomFieldOption : TenantOwned
{
    public const int NameLength = 120;

    private CustomFieldOption() { }

    public CustomFieldOption(string name, int position)
    {
        Position = position;
        Rename(name);
    }

    public long FieldId { get; private set; }

    public CustomField? Field { get; private set; }

    public string Name { get; private set; } = "";

    public string NameNormal { get; private set; } = "";

    public int Position { get; set; }

    /// <summary>Set while it can no longer be chosen; who has it keeps it.</summary>
    public DateTime? RetiredAt { get; private set; }

    public void Rename(string name) => (Name, NameNormal) = (name.Trim(), SearchText.Fold(name));

    public void Retire(DateTime now) => RetiredAt ??= now;

    public void BringBack() => RetiredAt = null;
}
