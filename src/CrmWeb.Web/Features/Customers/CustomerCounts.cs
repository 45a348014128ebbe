using CrmWeb.Domain.Customers;
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

public static class CustomersSetup
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services.AddSingleton<CustomerCounts>().AddScoped<IJobHandler, SearchFill>().AddScoped<IJobHandler, DuplicateScanJob>();
}
