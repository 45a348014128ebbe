using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures.Segments;

/// <summary>How long it takes to count whom a rule means, beside the fastest of the ways to ask it by hand, on the same connection in turn. Both have to answer the same.</summary>
internal static class SegmentCountMeasure
{
    private const int Rounds = 3;
    private const double Target = 1.3;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await wanted.ForSegments(provider);
        await installation.Use(async db =>
        {
            var hand = await SegmentSql.Of(db, provider);
            foreach (var question in SegmentQuestions.All) report.Add(await Ask(db, hand, question, provider));
            return 0;
        });
    }

    private static async Task<Row> Ask(CrmDb db, SegmentSql hand, SegmentQuestion question, Provider provider)
    {
        var rule = hand.Rule(question.Rule);
        var ways = question.Where.ToDictionary(where => where, _ => new List<double>(), StringComparer.Ordinal);
        var ours = new List<double>();
        long meant = 0;
        for (var round = -1; round < Rounds; round++)
        {
            var took = await SegmentSql.Timed(async () => meant = await db.Seen(db.Customers).CountAsync(SegmentCompiler.Compile(rule, hand.Sources)));
            if (round >= 0) ours.Add(took);
            foreach (var (where, times) in ways)
            {
                long counted = 0;
                var by = await SegmentSql.Timed(async () => counted = await hand.Count(where));
                if (counted != meant) throw new InvalidOperationException($"{question.Rule} means {meant}, by hand {counted}: {where}");
                // the first round fills the caches of both
                if (round >= 0) times.Add(by);
            }
        }

        return new($"count: {question.What} ({meant:N0})", provider, Report.Median(ours), ways.Values.Min(Report.Median), "ms", Target, AtLeast: false);
    }
}
