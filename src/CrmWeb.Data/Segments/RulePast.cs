using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Segments;

/// <summary>A customer as it was.</summary>
/// <param name="Subject">To be judged by a rule, with the day of then as today.</param>
/// <param name="Unknown">Names of the fields that the rule reads and of which nobody kept what they were: they are as they are now.</param>
public sealed record PastSubject(RuleSubject Subject, IReadOnlyList<string> Unknown);

/// <summary>
/// Takes a customer back to an instant, as far as the data goes: its own fields by the history, its facts by what hung on it then. Rows that were
/// deleted since, tags, contact points and whatever belongs to others are as they are now.
/// </summary>
public static class RulePast
{
    /// <summary>Fields that the night computes, or whose rates and cadences may have changed: neither the history nor the rows behind them tell what they were.</summary>
    private static readonly HashSet<string> NotKept = new(
        ["margin", "profit", "serviceCost", "contactCost", "daysBetweenOrders", "rfmRecency", "rfmFrequency", "rfmMonetary", "predictedValue", "alivePercent", "updated", "nextContactDue", "serviceTier"], StringComparer.Ordinal);

    /// <param name="db">Filtered by what the actor sees; the history by the fields that they see.</param>
    /// <param name="id">Of the customer.</param>
    /// <param name="rule">What it is to be judged by.</param>
    /// <param name="at">UTC, the end of then.</param>
    /// <param name="custom">The custom fields that they see.</param>
    /// <param name="membersOf">The ids of the customers that were in a segment then.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>Null where the customer is not seen, or was not there yet.</returns>
    public static async Task<PastSubject?> RuleSubjectAt(
        this CrmDb db, long id, SegmentRule rule, DateTime at, CustomFieldSet custom, Func<long, IQueryable<long>> membersOf, CancellationToken stop)
    {
        var uses = rule.Uses with { Collections = RuleFields.Collections.Select(collection => collection.Name).ToHashSet(StringComparer.Ordinal) };
        if (await db.RuleSubjects([id], uses, membersOf, stop) is not [var now] || now.Customer.CreatedAt >= at) return null;
        var then = Then(now, at);
        await db.TakeBack(then.Customer, at, custom, stop);
        Count(then, at);
        var others = rule.Root.Walk().OfType<RuleNode.Comparison>().Select(one => one.Field).Where(field => field.Collection is null && (field.IsOfAnother || NotKept.Contains(field.Name))).Select(field => field.Name);
        return new(then, [.. others.Distinct(StringComparer.Ordinal), .. uses.Tags ? ["tag"] : (string[])[]]);
    }

    /// <summary>What hung on the customer then, as it was. The rows are changed: whoever asks for several instants asks for the latest first.</summary>
    internal static RuleSubject Then(RuleSubject now, DateTime at)
    {
        var then = now with
        {
            Interactions = [.. now.Interactions.Where(i => i.IsPlanned ? i.CreatedAt < at : i.OccurredAt < at)],
            Orders = [.. now.Orders.Where(o => o.PlacedAt < at)],
            Deals = [.. now.Deals.Where(d => d.CreatedAt < at)],
            Cases = [.. now.Cases.Where(x => x.OpenedAt < at)],
            Tasks = [.. now.Tasks.Where(t => t.CreatedAt < at)],
        };
        foreach (var order in then.Orders) TakeBack(order, at);
        foreach (var deal in then.Deals.Where(d => d.ClosedAt >= at)) Set(deal, (nameof(Deal.State), DealState.Open), (nameof(Deal.ClosedAt), null), (nameof(Deal.ReasonId), null));
        foreach (var its in then.Cases.Where(x => x.AnsweredAt >= at)) Set(its, (nameof(Case.AnsweredAt), null), (nameof(Case.AnsweredInMinutes), null));
        foreach (var its in then.Cases.Where(x => x.ResolvedAt >= at)) Set(its, (nameof(Case.State), CaseState.Open), (nameof(Case.ResolvedAt), null), (nameof(Case.ResolvedInMinutes), null));
        foreach (var task in then.Tasks.Where(t => t.DoneAt >= at)) Set(task, (nameof(CrmTask.DoneAt), null));
        return then;
    }

    private static void TakeBack(Order order, DateTime at)
    {
        if (order.ReturnedAt >= at) Set(order, (nameof(Order.State), order.PaidAt < at ? OrderState.Paid : OrderState.Placed), (nameof(Order.ReturnedAt), null), (nameof(Order.ReasonId), null));
        if (order.PaidAt >= at) Set(order, (nameof(Order.State), order.State == OrderState.Paid ? OrderState.Placed : order.State), (nameof(Order.PaidAt), null));
    }

    /// <summary>The first change of a field since then says what it was.</summary>
    private static async Task TakeBack(this CrmDb db, Customer customer, DateTime at, CustomFieldSet custom, CancellationToken stop)
    {
        var id = customer.Id;
        var since = await db.Changes.Where(x => x.Record == RecordKind.Customer && x.RecordId == id && x.At >= at && x.Act == Act.Changed && x.Field != null)
            .OrderBy(x => x.At).ThenBy(x => x.Id).Select(x => new { x.Field, x.Old, x.At }).ToListAsync(stop);
        foreach (var first in since.GroupBy(x => x.Field!))
        {
            var old = first.First().Old;
            if (custom.Named(first.Key) is { } field)
            {
                // the values of a choice of several are told one by one, all those of one save at the same instant
                customer.CustomValues.RemoveAll(value => value.FieldId == field.Id);
                customer.CustomValues.AddRange(first.TakeWhile(x => x.At == first.First().At).Select(x => x.Old).OfType<string>().Select(text => new CustomValue(field, text)));
            }
            else if (typeof(Customer).GetProperty(char.ToUpperInvariant(first.Key[0]) + first.Key[1..]) is { SetMethod: not null } property && (property.PropertyType.IsValueType || property.PropertyType == typeof(string)))
            {
                property.SetValue(customer, old is null ? null : ChangeText.Read(property.PropertyType, old));
            }
        }

        Set(customer, (nameof(Customer.NameNormal), SearchText.Fold(customer.Name)));
        if (since.Exists(x => x.Field == "email")) Set(customer, (nameof(Customer.EmailNormal), ContactPoint.Normalise(ContactPointKind.Email, customer.Email, null)));
        if (since.Exists(x => x.Field == "phone")) Set(customer, (nameof(Customer.PhoneNormal), ContactPoint.Normalise(ContactPointKind.Phone, customer.Phone, null)));
        if (customer.StageChangedAt >= at) Set(customer, (nameof(Customer.StageChangedAt), await db.StageChangedBefore(id, at, stop) ?? customer.CreatedAt));
        if (customer.OwnerId != customer.Owner?.Id) Set(customer, (nameof(Customer.Owner), await db.Members.AsNoTracking().SingleOrDefaultAsync(m => m.Id == customer.OwnerId, stop)));
        if (customer.OrganisationId != customer.Organisation?.Id)
            Set(customer, (nameof(Customer.Organisation), await db.Customers.AsNoTracking().Include(c => c.ContactPoints).Include(c => c.CustomValues).SingleOrDefaultAsync(c => c.Id == customer.OrganisationId, stop)));
    }

    private static Task<DateTime?> StageChangedBefore(this CrmDb db, long id, DateTime at, CancellationToken stop) =>
        db.Changes.Where(x => x.Record == RecordKind.Customer && x.RecordId == id && x.At < at && x.Act == Act.Changed && x.Field == "stage")
            .OrderByDescending(x => x.At).Select(x => (DateTime?)x.At).FirstOrDefaultAsync(stop);

    /// <summary>The facts by what there was then: what FactStatement asks of the rows in the database, of rows that were taken back in memory.</summary>
    internal static void Count(RuleSubject then, DateTime at)
    {
        var contacts = then.Interactions.Where(i => !i.IsPlanned).ToList();
        var orders = then.Orders.Where(o => o.State != OrderState.Returned).ToList();
        var open = then.Deals.Where(d => d.State == DealState.Open).ToList();
        var spent = orders.Sum(o => o.BaseTotal);
        DateTime? Last(Direction direction) => contacts.Where(i => i.Direction == direction).Max(i => (DateTime?)i.OccurredAt);
        Set(
            then.Customer,
            (nameof(Customer.LastInteractionAt), contacts.Max(i => (DateTime?)i.OccurredAt)), (nameof(Customer.LastInboundAt), Last(Direction.Inbound)), (nameof(Customer.LastOutboundAt), Last(Direction.Outbound)),
            (nameof(Customer.InteractionsIn90Days), contacts.Count(i => i.OccurredAt > at.AddDays(-90))), (nameof(Customer.ServiceMinutes), contacts.Sum(i => (long)(i.Minutes ?? 0))),
            (nameof(Customer.OrderCount), orders.Count), (nameof(Customer.TotalSpent), spent), (nameof(Customer.FirstOrderAt), orders.Min(o => (DateTime?)o.PlacedAt)), (nameof(Customer.LastOrderAt), orders.Max(o => (DateTime?)o.PlacedAt)),
            (nameof(Customer.AverageOrder), orders.Count == 0 ? null : (long)Math.Round(spent / (decimal)orders.Count, MidpointRounding.AwayFromZero)),
            (nameof(Customer.OpenDeals), open.Count), (nameof(Customer.OpenDealsValue), open.Sum(d => d.BaseAmount ?? 0)), (nameof(Customer.OpenCases), then.Cases.Count(x => x.IsOpen)));
    }

    // the rows were read for this alone, and are never saved
    internal static void Set<T>(T row, params (string Property, object? Value)[] values)
    {
        foreach (var (property, value) in values) typeof(T).GetProperty(property)!.SetValue(row, value);
    }
}
