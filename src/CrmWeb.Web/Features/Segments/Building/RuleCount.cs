using System.Diagnostics;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>
/// How many customers a rule means, of those whom the reader sees: at once, or counted bit by bit, as far as it has come. What travels with the page is shown to nobody else, so nobody
/// is harmed by a made-up one.
/// </summary>
public sealed record RuleCount
{
    /// <summary>Where nothing asks again: programs, and pages without scripts.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>How long one request counts on.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(700);

    /// <summary>Of one statement, whatever it asks.</summary>
    private static readonly TimeSpan OneAsk = TimeSpan.FromSeconds(10);

    /// <summary>Of all requests together.</summary>
    private const int MostMilliseconds = 120_000;

    private const long FirstWidth = 2_000;

    private const long MostWidth = 1L << 40;

    public int Count { get; init; }

    /// <summary>Of these, who has a mail address.</summary>
    public int ByMail { get; init; }

    /// <summary>Of these, who has a phone number.</summary>
    public int ByPhone { get; init; }

    /// <summary>The customers with ids up to this one were asked; with <see cref="Last"/> all of them were.</summary>
    public long UpTo { get; init; }

    /// <summary>The id of the last customer.</summary>
    public long Last { get; init; }

    /// <summary>How many ids are asked at once, by how fast it went until now.</summary>
    public long Width { get; init; }

    public int Milliseconds { get; init; }

    public bool IsWhole => UpTo >= Last;

    /// <summary>It takes too long: it is at least so many.</summary>
    public bool IsGivenUp { get; init; }

    /// <summary>All of them in one question; null when that takes longer than <paramref name="patience"/>.</summary>
    public static Task<RuleCount?> Whole(CrmDb db, MemberRules rules, SegmentRule rule, TimeSpan patience, CancellationToken stop) =>
        db.InTime(patience, ends => Of(rules.Meant(rule), ends), stop);

    /// <summary>Where counting bit by bit begins.</summary>
    public static async Task<RuleCount> Begin(CrmDb db, CancellationToken stop) => new() { Last = await db.Seen(db.Customers).MaxAsync(c => (long?)c.Id, stop) ?? 0, Width = FirstWidth };

    /// <summary>Counts on for a moment.</summary>
    public async Task<RuleCount> Further(CrmDb db, MemberRules rules, SegmentRule rule, CancellationToken stop)
    {
        var (count, began) = (this with { UpTo = Math.Max(0, UpTo), Width = Math.Clamp(Width, FirstWidth, MostWidth) }, Stopwatch.GetTimestamp());
        while (!count.IsWhole && Stopwatch.GetElapsedTime(began) < Step)
        {
            var (from, to, asked) = (count.UpTo, count.UpTo + Math.Min(count.Width, count.Last - count.UpTo), Stopwatch.GetTimestamp());
            var few = rules.MeantOfFew(rule).Where(c => c.Id > from && c.Id <= to);
            if (await db.InTime(OneAsk, ends => Of(few, ends), stop) is not { } some) return count with { IsGivenUp = true };
            count = count with { Count = count.Count + some.Count, ByMail = count.ByMail + some.ByMail, ByPhone = count.ByPhone + some.ByPhone, UpTo = to };
            var took = Stopwatch.GetElapsedTime(asked);
            if (took < Step / 4) count = count with { Width = Math.Min(MostWidth, count.Width * 4) };
            else if (took > Step) count = count with { Width = Math.Max(FirstWidth, count.Width / 2) };
        }

        var spent = count.Milliseconds + (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return count with { Milliseconds = spent, IsGivenUp = !count.IsWhole && spent >= MostMilliseconds };
    }

    private static async Task<RuleCount> Of(IQueryable<Domain.Customers.Customer> meant, CancellationToken stop) =>
        await meant.GroupBy(c => c.TenantId).Select(all => new RuleCount { Count = all.Count(), ByMail = all.Count(c => c.Email != null), ByPhone = all.Count(c => c.Phone != null) })
            .SingleOrDefaultAsync(stop) ?? new();
}
