using CrmWeb.Domain.Tenants;

namespace CrmWeb.Data;

/// <summary>Who acts, within a tenant: the member, what they are, and which customers they see.</summary>
public sealed record Actor(long MemberId, Role Roles, Visibility Sees, IReadOnlyList<long> TeamIds)
{
    public bool SeesAll => Sees == Visibility.All;

    /// <summary>Neither the system nor an admin is kept from any field.</summary>
    public bool SeesEveryField => MemberId == 0 || Roles.HasFlag(Role.Admin);

    /// <summary>The system itself, where no member stands behind the work.</summary>
    public static readonly Actor System = new(0, Role.None, Visibility.All, []);

    /// <summary>Whether a customer of this owner and team is one of those that the actor sees.</summary>
    public bool WouldSee(long? ownerId, long? teamId) =>
        SeesAll || ownerId == MemberId || (Sees == Visibility.Team && teamId is { } team && TeamIds.Contains(team));
}

/// <summary>
/// The tenant of this scope (a request, a job). Set once; a second setting throws, and so does asking while it is unset:
/// without a tenant there is no query, rather than a query over all tenants.
/// </summary>
public sealed class CurrentTenant
{
    private long? id;
    private Actor? actor;

    public bool IsSet => id is not null;

    /// <exception cref="InvalidOperationException">No tenant is set.</exception>
    public long Id => id ?? throw new InvalidOperationException("No tenant is set in this scope.");

    /// <exception cref="InvalidOperationException">No tenant is set.</exception>
    public Actor Actor => actor ?? throw new InvalidOperationException("No tenant is set in this scope.");

    /// <summary>How the changes of this scope come in, and what causes them: the history says it.</summary>
    public Via Via { get; private set; }

    public long? CauseId { get; private set; }

    /// <param name="causeId">The import or the job; null where nothing but the member is the cause.</param>
    public void Through(Via via, long? causeId = null) => (Via, CauseId) = (via, causeId);

    /// <summary>For a piece of the work of this scope: what causes its changes. Ends with the answer.</summary>
    internal Cause CausedBy(long causeId)
    {
        var before = CauseId;
        CauseId = causeId;
        return new(this, before);
    }

    internal readonly struct Cause(CurrentTenant scope, long? before) : IDisposable
    {
        public void Dispose() => scope.CauseId = before;
    }

    /// <exception cref="InvalidOperationException">A tenant is set already.</exception>
    public void Enter(long tenantId, Actor by)
    {
        if (id is not null) throw new InvalidOperationException("The tenant of a scope is set once.");
        (id, actor) = (tenantId, by);
    }
}
