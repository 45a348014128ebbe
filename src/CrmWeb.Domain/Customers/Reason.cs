using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>What a reason explains. Numbers are stored: add at the end.</summary>
public enum ReasonFor
{
    Won = 0,
    Lost = 1,
    Return = 2,
    RootCause = 3,
}

/// <summary>One answer to "why?" that the tenant counts: why a deal was lost, an order came back, a complaint arose.</summary>
public sealed class Reason : TenantOwned, IVersioned, IDeletable
{
    public const int NameLength = 120;

    /// <summary>Of one kind in a tenant.</summary>
    public const int Most = 100;

    /// <summary>What somebody adds in words where a reason is given.</summary>
    public const int NoteLength = 2_000;

    private Reason() { }

    public Reason(ReasonFor why, string name, int position) => (For, Name, Position) = (why, name.Trim(), position);

    public ReasonFor For { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Among those of its kind, from the top.</summary>
    public int Position { get; set; }

    /// <summary>A reason that is not given any more; what it was given for keeps it.</summary>
    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public void Rename(string name) => Name = name.Trim();

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}
