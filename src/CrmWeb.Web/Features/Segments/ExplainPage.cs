using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments;

/// <summary>Why a customer is in a segment, or is not.</summary>
/// <param name="Customer">Null until one is chosen.</param>
/// <param name="On">The day that is asked for; null is today.</param>
/// <param name="Of">What the rule says of the customer; null of a list, and of a rule that the reader may not read.</param>
/// <param name="Since">Since when the customer was in it on that day; null when it was not.</param>
/// <param name="Stays">When it was in, the newest stay first.</param>
public sealed record ExplainPage(
    Segment Segment, RuleName? Customer, DateOnly? On, bool IsHidden, RuleEvaluation? Of, RuleWorld? World, DateTime? Since, IReadOnlyList<(DateTime From, DateTime? To)> Stays)
{
    /// <summary>Names of the fields that are told as they are today, for nobody kept what they were.</summary>
    public IReadOnlyList<string> Unknown { get; private init; } = [];

    private const int MostStays = 20;

    /// <summary>Null where the customer is none whom the reader sees.</summary>
    internal static async Task<ExplainPage?> Read(CrmDb db, CurrentMember me, MemberRules rules, CustomFieldSet custom, Segment segment, long? customerId, string? on, CancellationToken stop)
    {
        var open = segment.Rule is { } stored ? await rules.Open(stored, stop) : null;
        var hidden = segment.Rule is not null && open is null;
        var today = me.TenantDay(me.Now);
        DateOnly? day = TypedDate.TryParse(on, DateOrder.Unambiguous, out var typed) && typed.Date < today ? typed.Date : null;
        if (customerId is not { } id) return new(segment, null, day, hidden, null, null, null, []);
        if (await db.Customers.Where(c => c.Id == id).Select(c => new RuleName(c.Id, c.Name)).SingleOrDefaultAsync(stop) is not { } customer) return null;
        var stays = await db.Memberships.Where(m => m.SegmentId == segment.Id && m.CustomerId == id).OrderByDescending(m => m.EnteredAt).Take(MostStays).Select(m => new { m.EnteredAt, m.LeftAt }).ToListAsync(stop);
        // a day that is past is told as it was at its end
        var end = day is { } past ? rules.Sources.StartOf(past.AddDays(1)) : me.Now;
        var stay = stays.Find(s => s.EnteredAt < end && (s.LeftAt is not { } left || left >= end));
        IQueryable<long> Then(long named) => db.Memberships.Where(m => m.SegmentId == named && m.EnteredAt < end && (m.LeftAt == null || m.LeftAt >= end)).Select(m => m.CustomerId);
        var then = open is var (rule, _) && day is not null ? await db.RuleSubjectAt(id, rule, end, custom, Then, stop) : null;
        var of = open is not var (asked, _) ? null
            : day is null ? (await SegmentExplaining.Explain(db, rules, segment.Rule!, id, stop))?.Of
            : then is null ? null : RuleEvaluation.Of(asked, then.Subject, rules.Sources with { Today = day.Value });
        return new(segment, customer, day, hidden, of, open?.World, stay?.EnteredAt, stays.ConvertAll(s => (s.EnteredAt, s.LeftAt))) { Unknown = then?.Unknown ?? [] };
    }
}
