using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace CrmWeb.Web.Features.Shared;

/// <summary>A saved view as one member has it. Its query is the stored one: it may ask for more than this member sees, and is read for them each time (T10).</summary>
public sealed record MemberView(
    long Id, string Name, string Query, long OwnerId, string Owner, Sharing SharedWith, long? TeamId, string? Team, int Version, DateTime CreatedAt)
{
    public bool IsPinned { get; init; }

    public bool IsDefault { get; init; }

    public int Position { get; init; }
}

/// <summary>
/// The saved views of the member of this request: remembered as long as the tenant's row, which comes with every member anyway, says that none changed.
/// So neither the navigation nor the list asks for them each time, and an old one is never shown, on whichever node it was changed.
/// </summary>
public sealed class MemberViews(CrmDb db, CurrentMember me, ViewMemory memory)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<MemberView>> Seen(CancellationToken stop)
    {
        if (me.Pass.ViewsVersion == 0) return [];
        var key = (me.Pass.TenantId, me.Id, Version(me.Pass));
        if (memory.Find(key) is { } known) return known;
        var views = await Read(stop);
        memory.Keep(key, views);
        return views;
    }

    /// <summary>From the top.</summary>
    public async Task<IReadOnlyList<MemberView>> Pinned(CancellationToken stop) =>
        [.. (await Seen(stop)).Where(view => view.IsPinned).OrderBy(view => view.Position).ThenBy(view => view.Id).Take(ViewMark.MaxPins)];

    public async Task<MemberView?> Find(long id, CancellationToken stop) => (await Seen(stop)).FirstOrDefault(view => view.Id == id);

    /// <summary>Two equal ones have the same views.</summary>
    public static string Version(TenantPass pass) => pass.ViewsVersion == 0 ? "" : FormattableString.Invariant($"{pass.ViewsVersion}:{string.Join(',', pass.Teams.Order())}");

    /// <summary>As they are now, whatever is remembered.</summary>
    public async Task<IReadOnlyList<MemberView>> Read(CancellationToken stop)
    {
        var mine = me.Id;
        var views = await db.SavedViews.AsNoTracking().SeenBy(db.Current.Actor).OrderBy(v => v.NameNormal).ThenBy(v => v.Id)
            .Select(v => new MemberView(v.Id, v.Name, v.Query, v.OwnerId, v.Owner!.Name, v.SharedWith, v.TeamId, v.Team!.Name, v.Version, v.CreatedAt)).ToListAsync(stop);
        var marks = await db.ViewMarks.AsNoTracking().Where(m => m.MemberId == mine).ToDictionaryAsync(m => m.ViewId, stop);
        return views.ConvertAll(view => marks.TryGetValue(view.Id, out var mark) ? view with { IsPinned = mark.IsPinned, IsDefault = mark.IsDefault, Position = mark.Position } : view);
    }
}

/// <summary>What <see cref="MemberViews"/> remembers. The key has the tenant and the member (T6).</summary>
public sealed class ViewMemory : IDisposable
{
    private const int MaxMembers = 5_000;

    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MaxMembers });

    public IReadOnlyList<MemberView>? Find((long Tenant, long Member, string Version) key) => known.Get<IReadOnlyList<MemberView>>(key);

    public void Keep((long Tenant, long Member, string Version) key, IReadOnlyList<MemberView> views) =>
        known.Set(key, views, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(30) });

    public void Dispose() => known.Dispose();
}
