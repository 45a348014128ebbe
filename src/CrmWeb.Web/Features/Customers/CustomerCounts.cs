using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Customers.Bulk;
using CrmWeb.Web.Features.Customers.Lifetime;
using CrmWeb.Web.Features.Customers.Quality;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace CrmWeb.Web.Features.Customers;

/// <summary>
/// How many customers a list has, counted up to a limit. What reached the limit is remembered for a while: "more than 10,000" does not become
/// false in a minute, and counting that far costs more than reading the page. Smaller counts are always exact.
/// </summary>
public sealed class CustomerCounts : IDisposable
{
    public const int Max = 10_000;

    private const int MaxRemembered = 20_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly MemoryCache many = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <param name="query">What the customers are narrowed to, as the key of the memory; with the tenant, whoever looks, what they see, and their day (T6).</param>
    public async Task<CappedCount> Count(IQueryable<Customer> customers, CustomerQuery query, CurrentMember me, CancellationToken stop)
    {
        var actor = me.Pass.Actor;
        var who = $"{actor.MemberId} {actor.Sees} {string.Join(',', actor.TeamIds)}";
        var key = (me.Pass.TenantId, who, me.Today, query.Search, string.Join('&', query.Filter.ToPairs()));
        if (many.TryGetValue(key, out _)) return new(Max, true);

        // ordered by what is the same in every row, which costs nothing: a limit without an order is held for a mistake
        var counted = await customers.OrderBy(c => c.TenantId).Select(c => c.Id).Take(Max + 1).CountAsync(stop);
        if (counted <= Max) return new(counted, false);
        many.Set(key, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Memory });
        return new(Max, true);
    }

    public void Dispose() => many.Dispose();
}

/// <summary>The counts of pinned views, each remembered for a minute: they stand in the navigation of every page, and need not be of this second.</summary>
public sealed class ViewCounts(CustomerCounts counts) : IDisposable
{
    private const int MaxRemembered = 20_000;
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <param name="query">What the view says to this member: with the tenant and the member part of the key (T6).</param>
    public async Task<CappedCount> Of(CrmDb db, CurrentMember me, MemberView view, CustomerQuery query, CancellationToken stop)
    {
        var key = (me.Pass.TenantId, me.Id, me.Roles, MemberViews.Version(me.Pass), me.Pass.FieldsVersion, view.Id, me.Today);
        if (known.TryGetValue<CappedCount>(key, out var there)) return there!;
        var count = await counts.Count(await query.Customers(db, me, stop), query, me, stop);
        known.Set(key, count, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Memory });
        return count;
    }

    public void Dispose() => known.Dispose();
}

public static class CustomersSetup
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) =>
        services.AddSingleton<CustomerCounts>().AddSingleton<ViewCounts>().AddScoped<IJobHandler, SearchFill>().AddScoped<IJobHandler, TagSearch>().AddScoped<IJobHandler, DuplicateScanJob>().AddScoped<IJobHandler, CustomerFactsJob>().AddScoped<IJobHandler, ClvJob>().AddBulkEdits().AddQuality();
}
