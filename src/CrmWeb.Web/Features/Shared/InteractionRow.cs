using System.Linq.Expressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared.Files;

namespace CrmWeb.Web.Features.Shared;

/// <summary>What a timeline shows of an interaction (<c>crm-interaction</c>). The customer is named only where the page is not the customer's own.</summary>
public sealed record InteractionRow(
    long Id, long CustomerId, string? CustomerName, Channel Channel, Direction Direction, DateTime OccurredAt, bool IsPlanned,
    string? Subject, string? Body, Outcome Outcome, int? Minutes, string? MemberName, IReadOnlyList<AttachedFile>? Files)
{
    /// <summary>For the timeline of one customer.</summary>
    public static readonly Expression<Func<Interaction, InteractionRow>> OfCustomer = i => new InteractionRow(
        i.Id, i.CustomerId, null, i.Channel, i.Direction, i.OccurredAt, i.IsPlanned, i.Subject, i.Body, i.Outcome, i.Minutes, i.Member!.Name,
        i.Attachments.OrderBy(a => a.Id).Select(a => new AttachedFile(a.Id, a.Name, a.MediaType)).ToList());

    /// <summary>For lists across customers.</summary>
    public static readonly Expression<Func<Interaction, InteractionRow>> WithCustomer = i => new InteractionRow(
        i.Id, i.CustomerId, i.Customer!.Name, i.Channel, i.Direction, i.OccurredAt, i.IsPlanned, i.Subject, i.Body, i.Outcome, i.Minutes, i.Member!.Name, null);
}
