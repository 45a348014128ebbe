using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers;

/// <summary>Who has a saved view besides its owner. Numbers are stored: add at the end, never renumber.</summary>
public enum Sharing
{
    Nobody = 0,
    Team = 1,
    Everybody = 2,
}

/// <summary>
/// A list of customers that somebody wants to see again: its filters, words, order and columns, kept as the parameters of the address it had. Whoever
/// opens it reads them as they read any address, so it never shows more than the reader may see.
/// </summary>
public sealed class SavedView : TenantOwned, IVersioned, IDeletable
{
    public const int NameLength = 80;
    public const int QueryLength = 4000;

    private SavedView() { }

    /// <param name="query">As <see cref="Query"/>.</param>
    public SavedView(long ownerId, string name, string query, DateTime now)
    {
        (OwnerId, CreatedAt) = (ownerId, now);
        Rename(name);
        Keep(query);
    }

    public long OwnerId { get; private set; }

    public Member? Owner { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary><see cref="Name"/> folded by <see cref="SearchText.Fold"/>: what views are ordered and found by.</summary>
    public string NameNormal { get; private set; } = "";

    /// <summary>Parameters of the address of the list, without a question mark: <c>stage=lead&amp;sort=-created&amp;columns=name,owner</c>.</summary>
    public string Query { get; private set; } = "";

    public Sharing SharedWith { get; private set; }

    /// <summary>The team it is shared with; null otherwise.</summary>
    public long? TeamId { get; private set; }

    public Team? Team { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime? DeletedAt { get; private set; }

    public int Version { get; private set; }

    public void Rename(string name) => (Name, NameNormal) = (name.Trim(), SearchText.Fold(name));

    public void Keep(string query) => Query = query;

    /// <param name="teamId">Counts for <see cref="Sharing.Team"/> only.</param>
    /// <param name="with">Who has it besides the owner.</param>
    public void Share(Sharing with, long? teamId) => (SharedWith, TeamId) = (with, with == Sharing.Team ? teamId : null);

    public void Delete(DateTime now) => DeletedAt ??= now;

    public void Restore() => DeletedAt = null;
}

/// <summary>What one member made of a view, be it their own or a shared one: whether it is pinned in the navigation, in which place, and whether the list begins with it.</summary>
public sealed class ViewMark : TenantOwned
{
    /// <summary>Each pin is counted for the navigation.</summary>
    public const int MaxPins = 10;

    private ViewMark() { }

    public ViewMark(SavedView view, long memberId) => (View, MemberId) = (view, memberId);

    public long ViewId { get; private set; }

    public SavedView? View { get; private set; }

    public long MemberId { get; private set; }

    public Member? Member { get; private set; }

    public bool IsPinned { get; set; }

    public bool IsDefault { get; set; }

    /// <summary>Among the pins of the member, from the top.</summary>
    public int Position { get; set; }
}
