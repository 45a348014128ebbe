using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.Merges;

/// <summary>Two customers who were the same one: the other was taken into the survivor. It says what that changed, so that both can be put back.</summary>
public sealed class Merge : TenantOwned
{
    /// <summary>How long it can be taken apart.</summary>
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(30);

    /// <summary>How long the record of it stays after that.</summary>
    public static readonly TimeSpan KeptAfter = TimeSpan.FromDays(7);

    private Merge() { }

    public Merge(long survivorId, long otherId, long? memberId, DateTime now) => (SurvivorId, OtherId, MemberId, At) = (survivorId, otherId, memberId, now);

    public long SurvivorId { get; private set; }

    public Customer? Survivor { get; private set; }

    public long OtherId { get; private set; }

    public Customer? Other { get; private set; }

    public long? MemberId { get; private set; }

    public Member? Member { get; private set; }

    public DateTime At { get; private set; }

    public DateTime? UndoneAt { get; private set; }

    /// <summary><see cref="MergeRecord"/> as JSON.</summary>
    public string Record { get; set; } = "{}";

    public bool MayBeUndone(DateTime now) => UndoneAt is null && now - At <= Undoable;

    public void Undo(DateTime now) => UndoneAt ??= now;
}
