using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

/// <summary>Which deals a list, a board or a number means, all of it in the address. Without a filter by state it means the open ones.</summary>
public sealed record DealFilter(IReadOnlyList<Filter> Filters, string? Search)
{
    /// <summary>Deals of every state, where no state is asked for.</summary>
    public bool EveryState { get; init; }

    public bool IsNarrow => Filters.Count > 0 || Search is not null;

    public static IReadOnlyList<FilterField> Fields(IStringLocalizer L, DealStages stages, IEnumerable<SelectListItem> members, IEnumerable<SelectListItem> teams, string root) =>
    [
        new("state", L["State"], FilterKind.Choice, [.. Enum.GetValues<DealState>().Select(state => new SelectListItem(L.Of(state), Word(state)))]),
        new("pipeline", L["Pipeline"], FilterKind.Choice, [.. stages.Pipelines.Select(p => Choices.Item(p.Id, p.Name))]),
        new("stage", L["Stage"], FilterKind.Choice, stages.Choices()),
        .. OfBoard(L, members, teams),
        new("amount", L["Amount"], FilterKind.Number),
        new("category", L["Forecast as"], FilterKind.Choice, [.. Enum.GetValues<ForecastCategory>().Select(c => new SelectListItem(L.Of(c), Word(c)))]),
        new("rotten", L["Rotten"], FilterKind.YesNo),
        new("closed", L["Decided on"], FilterKind.Date),
        new("customer", L["Customer"], FilterKind.Picker, Url: $"{root}customers/find"),
        CustomerCut.Segment(L, root),
    ];

    /// <summary>Those that narrow a board, too.</summary>
    public static IEnumerable<FilterField> OfBoard(IStringLocalizer L, IEnumerable<SelectListItem> members, IEnumerable<SelectListItem> teams) =>
    [
        new("owner", L["Owner"], FilterKind.Choice, [new(L["Me"], IdFilter.Me), .. members]),
        new("team", L["Team"], FilterKind.Choice, [.. teams]),
        new("close", L["Close date"], FilterKind.Date),
    ];

    public static DealFilter Read(IQueryCollection query, IReadOnlyList<FilterField> fields) =>
        new(Shared.Filters.Read(query, fields), query["q"].ToString() is { Length: > 0 } q ? q.Trim() : null);

    public IQueryable<Deal> Of(CrmDb db, CurrentMember me, DealStages stages)
    {
        var deals = db.DealsOfCustomers();
        if (!EveryState && Filters.All(filter => filter.Field.Key != "state")) deals = deals.Where(d => d.State == DealState.Open);
        if (Search is { } search)
        {
            var sought = SearchText.Fold(search);
            deals = deals.Where(d => d.NameNormal.Contains(sought) || d.Customer!.NameNormal.Contains(sought));
        }

        return Filters.Aggregate(deals, (left, filter) => Narrow(left, filter, db, me, stages));
    }

    private static IQueryable<Deal> Narrow(IQueryable<Deal> deals, Filter filter, CrmDb db, CurrentMember me, DealStages stages) => filter.Field.Key switch
    {
        "state" => ByState(deals, filter),
        "pipeline" => deals.ByIds(d => d.PipelineId, filter),
        "stage" => deals.ByIds(d => d.StageId, filter),
        "owner" => deals.ByIds(d => d.OwnerId, filter, me.Id),
        "team" => deals.ByIds(d => d.TeamId, filter),
        "close" => ByClose(deals, filter, me.Today),
        "amount" => ByAmount(deals, filter, me.Pass.Currency),
        "category" => ByCategory(deals, filter, stages),
        "rotten" => ByRot(deals, filter, me.Now, stages),
        "closed" => ByDecision(deals, filter, me),
        "segment" => deals.BySegment(filter, d => d.CustomerId, db),
        _ => deals.ByIds(d => d.CustomerId, filter),
    };

    private static IQueryable<Deal> ByState(IQueryable<Deal> deals, Filter filter)
    {
        var asked = Enums<DealState>(filter);
        return filter.Operator switch
        {
            "any" => deals.Where(d => asked.Contains(d.State)),
            "none" => deals.Where(d => !asked.Contains(d.State)),
            Shared.Filters.Empty => deals.Where(d => false),
            _ => deals,
        };
    }

    private static IQueryable<Deal> ByClose(IQueryable<Deal> deals, Filter filter, DateOnly today)
    {
        if (filter.Operator == Shared.Filters.Empty) return deals.Where(d => d.CloseOn == null);
        var (from, to) = DayFilter.Of(filter, today);
        deals = deals.Where(d => d.CloseOn != null);
        if (from is { } first) deals = deals.Where(d => d.CloseOn >= first);
        if (to is { } last) deals = deals.Where(d => d.CloseOn <= last);
        return deals;
    }

    // days of the tenant, as the forecast counts them
    private static IQueryable<Deal> ByDecision(IQueryable<Deal> deals, Filter filter, CurrentMember me)
    {
        if (filter.Operator == Shared.Filters.Empty) return deals.Where(d => d.ClosedAt == null);
        var (from, to) = DayFilter.Of(filter, TenantDay.Today(me));
        deals = deals.Where(d => d.ClosedAt != null);
        if (from is { } first && TenantDay.Start(me, first) is var begin) deals = deals.Where(d => d.ClosedAt >= begin);
        if (to is { } last && last < DateOnly.MaxValue && TenantDay.Start(me, last.AddDays(1)) is var end) deals = deals.Where(d => d.ClosedAt < end);
        return deals;
    }

    private static IQueryable<Deal> ByAmount(IQueryable<Deal> deals, Filter filter, string currency)
    {
        long? Minor(int at) => at < filter.Values.Count && TypedNumber.TryParse(filter.Values[at], out var number) ? Currency.ToMinor(number, currency) : null;
        var (low, high) = (Minor(0), Minor(1));
        return filter.Operator switch
        {
            Shared.Filters.Empty => deals.Where(d => d.BaseAmount == null),
            Shared.Filters.Filled => deals.Where(d => d.BaseAmount != null),
            "is" => deals.Where(d => d.BaseAmount == low),
            "at-least" => deals.Where(d => d.BaseAmount >= low),
            "at-most" => deals.Where(d => d.BaseAmount <= low),
            _ => deals.Where(d => d.BaseAmount >= low && d.BaseAmount <= high),
        };
    }

    private static IQueryable<Deal> ByCategory(IQueryable<Deal> deals, Filter filter, DealStages stages)
    {
        var asked = Enums<ForecastCategory>(filter);
        return filter.Operator switch
        {
            "any" => deals.Where(stages.ForecastAs(asked)),
            "none" => deals.Where(stages.ForecastAs([.. Enum.GetValues<ForecastCategory>().Except(asked)])),
            Shared.Filters.Empty => deals.Where(d => false),
            _ => deals,
        };
    }

    private static IQueryable<Deal> ByRot(IQueryable<Deal> deals, Filter filter, DateTime now, DealStages stages)
    {
        var rotten = stages.Rotten(now);
        if (filter.Values is ["true"]) return deals.Where(rotten);
        return deals.Where(System.Linq.Expressions.Expression.Lambda<Func<Deal, bool>>(System.Linq.Expressions.Expression.Not(rotten.Body), rotten.Parameters));
    }

    private static string Word<T>(T value) where T : struct, Enum => ChangeText.Word(value);

    private static T[] Enums<T>(Filter filter) where T : struct, Enum => [.. filter.Values.Select(ChangeText.Enum<T>).OfType<T>()];
}
