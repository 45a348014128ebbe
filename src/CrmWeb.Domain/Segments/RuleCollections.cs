using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;

namespace CrmWeb.Domain.Segments;

using static RuleFields;

/// <summary>What hangs on a customer, and the fields of its rows. Amounts are in the tenant's currency.</summary>
internal static class RuleCollections
{
    private static readonly RuleRowsOf<Order, OrderLine> AllLines = new(s => s.OrderLines, l => l.OrderId, o => o.Id);

    public static IReadOnlyList<RuleCollection> All { get; } =
    [
        // what is planned is no contact yet, in the facts of the customer neither
        new RuleCollection<Interaction>("interactions", s => s.Interactions, i => i.CustomerId, i => !i.IsPlanned, s => s.Interactions, Interactions()),
        new RuleCollection<Interaction>("plannedInteractions", s => s.Interactions, i => i.CustomerId, i => i.IsPlanned, s => s.Interactions, Interactions()),
        // what came back counts in no sum, in the facts of the customer neither
        new RuleCollection<Order>("orders", s => s.Orders, o => o.CustomerId, o => o.State != OrderState.Returned, s => s.Orders, Orders()),
        new RuleCollection<Order>("returnedOrders", s => s.Orders, o => o.CustomerId, o => o.State == OrderState.Returned, s => s.Orders, Orders()),
        new RuleCollection<OrderLine>("lines", s => s.OrderLines, l => l.Order!.CustomerId, l => l.Order!.State != OrderState.Returned, s => s.Orders.SelectMany(o => o.Lines), Lines()),
        new RuleCollection<Deal>("deals", s => s.Deals, d => d.CustomerId, null, s => s.Deals, Deals()),
        new RuleCollection<Case>("cases", s => s.Cases, x => x.CustomerId, null, s => s.Cases, Cases()),
        new RuleCollection<CrmTask>("tasks", s => s.Tasks, t => t.CustomerId, null, s => s.Tasks, Tasks()),
    ];

    private static List<RuleField> Interactions() =>
    [
        Instant<Interaction>("occurred", i => i.OccurredAt),
        Choice<Interaction, Channel>("channel", i => i.Channel),
        Choice<Interaction, Direction>("direction", i => i.Direction),
        Choice<Interaction, Outcome>("outcome", i => i.Outcome),
        Number<Interaction>("minutes", i => i.Minutes),
        Row<Interaction>("member", RuleKind.Member, i => i.MemberId),
        Text<Interaction>("subject", i => i.Subject),
        Text<Interaction>("body", i => i.Body),
        Money<Interaction>("serviceCost", i => i.ServiceCost),
        Money<Interaction>("contactCost", i => i.ContactCost),
    ];

    private static List<RuleField> Orders() =>
    [
        Instant<Order>("placed", o => o.PlacedAt),
        Money<Order>("total", o => o.BaseTotal),
        Money<Order>("cost", o => o.BaseCost),
        Choice<Order, SalesChannel>("channel", o => o.Channel),
        Choice<Order, OrderState>("state", o => o.State),
        Instant<Order>("paid", o => o.PaidAt),
        Instant<Order>("returned", o => o.ReturnedAt),
        Row<Order>("reason", RuleKind.Reason, o => o.ReasonId),
        Text<Order>("externalId", o => o.ExternalId),
        Text<Order>("note", o => o.Note),
        Row<OrderLine>("", RuleKind.Product, l => l.ProductId).OfEach<Order, OrderLine>("product", o => o.Lines, AllLines),
        .. Products().Select(field => field.OfEach<Order, OrderLine>("product", o => o.Lines, AllLines)),
    ];

    private static List<RuleField> Lines() =>
    [
        Row<OrderLine>("product", RuleKind.Product, l => l.ProductId),
        .. Products().Select(field => field.Of("product")),
        Text<OrderLine>("description", l => l.Description),
        Number<OrderLine>("quantity", l => l.Quantity),
        // its share in what its order is worth
        Money<OrderLine>("total", l => l.Order!.BaseTotal == l.Order.Total ? l.Total : (long)Math.Floor((double)l.Total * l.Order.BaseTotal / l.Order.Total)),
        Instant<OrderLine>("placed", l => l.Order!.PlacedAt),
        Choice<OrderLine, SalesChannel>("channel", l => l.Order!.Channel),
        Choice<OrderLine, OrderState>("state", l => l.Order!.State),
    ];

    private static IEnumerable<RuleField> Products() => ((RuleField[])
    [
        Folded<Product>("name", p => p.NameNormal),
        Folded<Product>("code", p => p.CodeNormal),
        Folded<Product>("category", p => p.CategoryNormal),
        YesNo<Product>("active", p => p.IsActive),
    ]).Select(field => field.Behind<OrderLine, Product>(null, l => l.Product));

    private static List<RuleField> Deals() =>
    [
        Choice<Deal, DealState>("state", d => d.State),
        Row<Deal>("pipeline", RuleKind.Pipeline, d => d.PipelineId),
        Row<Deal>("stage", RuleKind.Stage, d => d.StageId),
        Money<Deal>("amount", d => d.BaseAmount),
        Instant<Deal>("created", d => d.CreatedAt),
        Instant<Deal>("stageSince", d => d.StageSince),
        Day<Deal>("closeOn", d => d.CloseOn),
        Instant<Deal>("closed", d => d.ClosedAt),
        Choice<Deal, ForecastCategory>("category", d => d.Category),
        Row<Deal>("owner", RuleKind.Member, d => d.OwnerId),
        Row<Deal>("team", RuleKind.Team, d => d.TeamId),
        Row<Deal>("reason", RuleKind.Reason, d => d.ReasonId),
        Folded<Deal>("name", d => d.NameNormal),
    ];

    private static List<RuleField> Cases() =>
    [
        Choice<Case, CaseKind>("kind", x => x.Kind),
        Choice<Case, CaseState>("state", x => x.State),
        Choice<Case, Priority>("priority", x => x.Priority),
        Choice<Case, Channel>("channel", x => x.Channel),
        Instant<Case>("opened", x => x.OpenedAt),
        Instant<Case>("answered", x => x.AnsweredAt),
        Number<Case>("answeredInMinutes", x => x.AnsweredInMinutes),
        Instant<Case>("resolved", x => x.ResolvedAt),
        Number<Case>("resolvedInMinutes", x => x.ResolvedInMinutes),
        Row<Case>("owner", RuleKind.Member, x => x.OwnerId),
        Row<Case>("team", RuleKind.Team, x => x.TeamId),
        Row<Case>("product", RuleKind.Product, x => x.ProductId),
        Row<Case>("rootCause", RuleKind.Reason, x => x.RootCauseId),
        Text<Case>("subject", x => x.Subject),
    ];

    private static List<RuleField> Tasks() =>
    [
        Day<CrmTask>("due", t => t.DueOn),
        Instant<CrmTask>("done", t => t.DoneAt),
        Instant<CrmTask>("created", t => t.CreatedAt),
        Choice<CrmTask, Priority>("priority", t => t.Priority),
        Row<CrmTask>("owner", RuleKind.Member, t => t.OwnerId),
        Text<CrmTask>("title", t => t.Title),
    ];
}
