using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>A word the tenant marks customers with. Two spellings that fold to the same are one tag.</summary>
public sealed class Tag : TenantOwned
{
    public const int NameLength = 60;

    private Tag() { }

    /// <param name="name">Any text, commas among it; of several lines one is made, for forms and files write one tag on each line.</param>
    public Tag(string name) => Rename(name);

    public string Name { get; private set; } = "";

    public string NameNormal { get; private set; } = "";

    public void Rename(string name)
    {
        Name = name.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ').Trim();
        NameNormal = SearchText.Fold(Name);
    }
}

public sealed class CustomerTag : ITenantOwned
{
    private CustomerTag() { }

    public CustomerTag(Tag tag) => Tag = tag;

    public long TenantId { get; private set; }

    public long CustomerId { get; private set; }

    public long TagId { get; private set; }

    public Customer? Customer { get; private set; }

    public Tag? Tag { get; private set; }
}
