using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>Whose cases. "All" is all that the member may see.</summary>
public enum CaseScope
{
    Mine,
    Team,
    All,
}

/// <summary>A case as its list shows it.</summary>
public sealed record CaseRow(
    long Id, string Subject, CaseKind Kind, CaseState State, Priority Priority, Channel Channel, long CustomerId, string Customer, long? TierId, string? Owner, string? Team,
    DateTime OpenedAt, DateTime? NextDueAt, DateTime? AnswerDueAt, DateTime? ResolveDueAt, DateTime? AnsweredAt, DateTime? ResolvedAt, int? AnsweredInMinutes, int? ResolvedInMinutes, DateTime? WaitingSince)
    : ICaseTimes
{
    public static readonly Expression<Func<Case, CaseRow>> Of = c => new CaseRow(
        c.Id, c.Subject, c.Kind, c.State, c.Priority, c.Channel, c.CustomerId, c.Customer!.Name, c.Customer!.EffectiveTierId, c.Owner!.Name, c.Team!.Name,
        c.OpenedAt, c.NextDueAt, c.AnswerDueAt, c.ResolveDueAt, c.AnsweredAt, c.ResolvedAt, c.AnsweredInMinutes, c.ResolvedInMinutes, c.WaitingSince);
}

/// <summary>What the list of cases shows, all of it in its address. Without a filter by state it shows those that are not over.</summary>
public sealed record CaseFilter(CaseScope Scope, IReadOnlyList<Filter> Filters, string? Search)
{
    private static readonly CaseState[] Running = [CaseState.New, CaseState.Open, CaseState.Waiting];

    /// <summary>Later than anything is due: what has no time comes last.</summary>
    private static readonly DateTime Never = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Orders of the list.</summary>
    public static readonly IReadOnlyList<KeyOrder<Case>> Orders =
    [
        KeyOrder<Case>.By("due", c => c.NextDueAt ?? Never), KeyOrder<Case>.By("opened", c => c.OpenedAt), KeyOrder<Case>.By("priority", c => c.Priority),
    ];

    public const string Sort = "due";

    /// <summary>Cases of every state, where no state is asked for.</summary>
    public bool WithOver { get; init; }

    public bool IsNarrow => Filters.Count > 0 || Search is not null;

    public static async Task<IReadOnlyList<FilterField>> Fields(CrmDb db, IStringLocalizer L, string root, CancellationToken stop)
    {
        return
        [
            new("state", L["State"], FilterKind.Choice, Words.Choices<CaseState>(s => L.Of(s))),
            new("kind", L["Kind"], FilterKind.Choice, Words.Choices<CaseKind>(k => L.Of(k))),
            new("priority", L["Priority"], FilterKind.Choice, Words.Choices<Priority>(p => L.Of(p))),
            new("owner", L["Owner"], FilterKind.Choice, await db.EveryMember(stop)),
            new("team", L["Team"], FilterKind.Choice, await db.TeamChoices(stop)),
            new("channel", L["Channel"], FilterKind.Choice, Words.Choices<Channel>(c => L.Of(c))),
            new("due", L["Due"], FilterKind.Date),
            new("breached", L["Too late"], FilterKind.YesNo),
            new("tier", L["Service tier"], FilterKind.Choice, await db.EveryTier(stop)),
            new("customer", L["Customer"], FilterKind.Picker, Url: $"{root}customers/find"),
            CustomerCut.Segment(L, root),
            new("product", L["Product"], FilterKind.Picker, Url: $"{root}products/find"),
        ];
    }

    /// <summary>The name of a tier, be it out of use: the choices of the filter have them all.</summary>
    public static string? Tier(IReadOnlyList<FilterField> fields, long? id) =>
        id is { } tier ? fields.First(field => field.Key == "tier").Options!.FirstOrDefault(option => Narrowing.Id(option.Value) == tier)?.Text : null;

    public static CaseFilter Read(IQueryCollection query, IReadOnlyList<FilterField> fields) =>
        new(Enum.TryParse<CaseScope>(query["scope"], ignoreCase: true, out var scope) && Enum.IsDefined(scope) ? scope : CaseScope.Mine,
            Shared.Filters.Read(query, fields), query["q"].ToString() is { Length: > 0 } q ? q.Trim() : null);

    public IQueryable<Case> Of(CrmDb db, CurrentMember me)
    {
        // the case of a customer who is archived is not worked on
        var cases = db.Cases.AsNoTracking().Where(c => c.Customer != null);
        var (id, teams) = (me.Id, me.Pass.Teams);
        cases = Scope switch
        {
            CaseScope.Mine => cases.Where(c => c.OwnerId == id),
            CaseScope.Team => cases.Where(c => (c.TeamId != null && teams.Contains(c.TeamId.Value)) || db.TeamMemberships.Any(m => m.MemberId == c.OwnerId && teams.Contains(m.TeamId))),
            _ => cases,
        };
        if (!WithOver && Filters.All(filter => filter.Field.Key != "state")) cases = cases.Where(c => Running.Contains(c.State));
        if (Search is { } search) cases = cases.Where(AnyCase.Contains<Case>(c => c.Subject, search).Or(AnyCase.Contains<Case>(c => c.Customer!.Name, search)));
        return Filters.Aggregate(cases, (left, filter) => Narrow(left, filter, db, me));
    }

    private static IQueryable<Case> Narrow(IQueryable<Case> cases, Filter filter, CrmDb db, CurrentMember me) => filter.Field.Key switch
    {
        "state" => cases.ByChoice(filter, c => (CaseState?)c.State, Narrowing.Word<CaseState>),
        "kind" => cases.ByChoice(filter, c => (CaseKind?)c.Kind, Narrowing.Word<CaseKind>),
        "priority" => cases.ByChoice(filter, c => (Priority?)c.Priority, Narrowing.Word<Priority>),
        "channel" => cases.ByChoice(filter, c => (Channel?)c.Channel, Narrowing.Word<Channel>),
        "owner" => cases.ByChoice(filter, c => c.OwnerId, Narrowing.Id),
        "team" => cases.ByChoice(filter, c => c.TeamId, Narrowing.Id),
        "tier" => cases.ByChoice(filter, c => c.Customer!.EffectiveTierId, Narrowing.Id),
        "customer" => cases.ByChoice(filter, c => (long?)c.CustomerId, Narrowing.Id),
        "segment" => cases.BySegment(filter, c => c.CustomerId, db),
        "product" => cases.ByChoice(filter, c => c.ProductId, Narrowing.Id),
        "due" => cases.ByDay(filter, c => c.NextDueAt, me),
        _ => Breached(cases, filter.Values is ["true"], me.Now),
    };

    private static IQueryable<Case> Breached(IQueryable<Case> cases, bool late, DateTime now) => late
        ? cases.Where(c => c.NextDueAt < now || c.AnsweredAt > c.AnswerDueAt || c.ResolvedAt > c.ResolveDueAt || (c.AnsweredAt == null && c.AnswerDueAt < (c.WaitingSince ?? c.ResolvedAt)) || c.ResolveDueAt < c.WaitingSince)
        : cases.Where(c => !((c.NextDueAt != null && c.NextDueAt < now) || (c.AnsweredAt != null && c.AnswerDueAt != null && c.AnsweredAt > c.AnswerDueAt)
            || (c.ResolvedAt != null && c.ResolveDueAt != null && c.ResolvedAt > c.ResolveDueAt)
            || (c.AnsweredAt == null && c.AnswerDueAt != null && (c.WaitingSince ?? c.ResolvedAt) != null && c.AnswerDueAt < (c.WaitingSince ?? c.ResolvedAt))
            || (c.WaitingSince != null && c.ResolveDueAt != null && c.ResolveDueAt < c.WaitingSince)));
}

/// <summary>What the page of the list needs.</summary>
public sealed record CaseListPage(CaseFilter Filter, IReadOnlyList<FilterField> Fields, IReadOnlyList<CaseRow> Rows, Pager Pager, Columns Columns)
{
    public static Columns ColumnsOf(IStringLocalizer L, string sort) => new(
    [
        new("subject", L["Subject"]),
        new("customer", L["Customer"]),
        new("state", L["State"]),
        new("due", L["Due"], Sortable: true, ColumnKind.Date),
        new("priority", L["Priority"], Sortable: true),
        new("kind", L["Kind"]),
        new("owner", L["Owner"]),
        new("team", L["Team"], Shown: false),
        new("tier", L["Service tier"], Shown: false),
        new("channel", L["Channel"], Shown: false),
        new("opened", L["Opened"], Sortable: true, ColumnKind.Date),
    ], sort);
}
