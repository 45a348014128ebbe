using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace CrmWeb.Web.Features.Shared;

/// <summary>
/// How much the member of this request has not read: remembered as long as their row, which comes with every request anyway, says that nothing happened.
/// Not for long, though: what they may see changes without it.
/// </summary>
public sealed class MemberNotifications(CrmDb db, CurrentMember me, NotificationMemory memory)
{
    /// <summary>Up to one more than are counted.</summary>
    public async Task<int> Unread(CancellationToken stop)
    {
        if (me.Pass.NotificationsVersion == 0) return 0;
        var key = (me.Pass.TenantId, me.Id, FormattableString.Invariant($"{me.Pass.NotificationsVersion}:{me.Pass.Actor.Sees}:{string.Join(',', me.Pass.Teams.Order())}"));
        if (memory.Find(key) is { } known) return known;
        var unread = await db.Heard().Where(n => n.ReadAt == null).Select(n => n.Id).Take(Notification.MostCounted + 1).CountAsync(stop);
        memory.Keep(key, unread);
        return unread;
    }
}

/// <summary>What <see cref="MemberNotifications"/> remembers. The key has the tenant and the member (T6).</summary>
public sealed class NotificationMemory : IDisposable
{
    private const int MaxMembers = 20_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MaxMembers });

    public int? Find((long Tenant, long Member, string Version) key) => known.Get<int?>(key);

    public void Keep((long Tenant, long Member, string Version) key, int unread) =>
        known.Set<int?>(key, unread, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });

    public void Dispose() => known.Dispose();
}
