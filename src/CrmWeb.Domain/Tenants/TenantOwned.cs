namespace CrmWeb.Domain.Tenants;

/// <summary>A row that belongs to exactly one tenant. The data layer filters, stamps and checks every type that has this.</summary>
public interface ITenantOwned
{
    long TenantId { get; }
}

/// <summary>The usual tenant-owned row: an id made by the database, and the tenant, stamped when the row is added.</summary>
public abstract class TenantOwned : ITenantOwned
{
    public long Id { get; private set; }

    public long TenantId { get; private set; }
}

/// <summary>A row that two people may edit at once. <see cref="Version"/> grows with each save; a save on an old version is refused.</summary>
public interface IVersioned
{
    int Version { get; }
}

/// <summary>A row that can be taken away and put back. Queries leave it out unless they lift the filter "deleted".</summary>
public interface IDeletable
{
    DateTime? DeletedAt { get; }
}
