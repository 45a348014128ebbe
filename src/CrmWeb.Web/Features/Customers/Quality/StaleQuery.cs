using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>A few of those whom a rule means, and how many there are.</summary>
/// <param name="WithoutOwner">Of them, those whom nobody would get a task about.</param>
public sealed record StalePreview(CappedCount Count, CappedCount WithoutOwner, IReadOnlyList<StaleSample> Sample);

public sealed record StaleSample(long Id, string Name, string? Owner, DateTime? LastInteractionAt, DateTime UpdatedAt);

/// <summary>Whom a rule means: filters of the list, and the list of a saved view.</summary>
/// <param name="day">Where it is not the day of whoever looks.</param>
internal sealed class StaleQuery(CrmDb db, CurrentMember me, CustomFieldSet custom, CustomerFilterContext? day = null)
{
    private const int SampleSize = 10;

    /// <summary>Null when the view is gone, has lost a part, or asks for whoever looks: at night nobody does.</summary>
    public async Task<IQueryable<Customer>?> Of(StaleRuleDetails rule, CancellationToken stop)
    {
        var filter = CustomerFilter.Parse(Asked(rule), [], custom, out _);
        var list = new CustomerQuery(CustomerFilter.None, CustomerSort.Default, null, []);
        if (rule.ViewId is { } id)
        {
            if (await db.SavedViews.Where(v => v.Id == id).Select(v => v.Query).SingleOrDefaultAsync(stop) is not { } text) return null;
            var view = ViewQuery.Read(text, custom);
            if (view.Unread.Count > 0 || view.Query.Filter.AsksForArchived || view.Query.Filter.Conditions.Any(c => c.Field.Key == CustomerFilterFields.Followed || c.Values.Contains(CustomerFilterFields.Me, StringComparer.Ordinal))) return null;
            list = view.Query;
        }

        return filter.Apply(await list.Customers(db, me, stop), day ?? CustomerQuery.ContextOf(db, me));
    }

    public async Task<StalePreview?> Preview(StaleRuleDetails rule, CancellationToken stop)
    {
        if (await Of(rule, stop) is not { } customers) return null;
        var without = customers.Where(c => c.OwnerId == null || c.Owner!.DeactivatedAt != null);
        return new(await Count(customers, stop), rule.MemberId is null ? await Count(without, stop) : new(0, false),
            await customers.OrderBy(c => c.NameNormal).ThenBy(c => c.Id).Take(SampleSize).Select(c => new StaleSample(c.Id, c.Name, c.Owner!.Name, c.LastInteractionAt, c.UpdatedAt)).ToListAsync(stop));
    }

    private static IEnumerable<KeyValuePair<string, string>> Asked(StaleRuleDetails rule)
    {
        foreach (var stage in Enum.GetValues<LifecycleStage>().Where(stage => rule.Stages.HasFlag((StageSet)(1 << (int)stage)))) yield return new("stage", stage.ToString().ToLowerInvariant());
        foreach (var pair in rule.Since switch
        {
            // whom nobody ever contacted counts from the day they came in
            StaleSince.Contact => [.. QualityAsk.NotSince("contact", rule.Days), .. QualityAsk.NotSince("created", rule.Days)],
            StaleSince.Update => QualityAsk.NotSince("updated", rule.Days),
            _ => QualityAsk.NotSince(CustomerFilterFields.Touched, rule.Days),
        }) yield return pair;
    }

    private static async Task<CappedCount> Count(IQueryable<Customer> customers, CancellationToken stop)
    {
        var counted = await customers.OrderBy(c => c.TenantId).Select(c => c.Id).Take(CustomerCounts.Max + 1).CountAsync(stop);
        return counted > CustomerCounts.Max ? new(CustomerCounts.Max, true) : new(counted, false);
    }
}
