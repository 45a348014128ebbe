using System.Globalization;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures.Segments;

/// <summary>Two hundred segments, refreshed one after another by the verb: the most memory that its process takes, and how much more that is in the second half than in the first.</summary>
internal static class SegmentManyMeasure
{
    private const int Segments = 200;
    private const int MiB = 400;
    private const string Name = "Many ";

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await wanted.ForSegments(provider);
        await installation.Use(Make);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var memory = new List<double>();
        using (var process = installation.Start(["segments", "refresh", "--tenant", Installation.Tenant]))
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            while (!process.HasExited)
            {
                if (Server.OwnMiB(process.Id) is { } now) memory.Add(now);
                await Task.Delay(50);
            }

            if (process.ExitCode != 0) throw new InvalidOperationException(await errors + await output);
        }

        await installation.Use(Drop);
        var (first, second) = (memory[..(memory.Count / 2)].Max(), memory[(memory.Count / 2)..].Max());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {provider} {Segments} segments in {clock.Elapsed.TotalSeconds:0.0} s"));
        report.Add(new($"memory of refreshing {Segments} segments", provider, memory.Max(), MiB, "MiB", 1, AtLeast: false));
        report.Add(new("the same, second half beside the first", provider, second, first, "MiB", 1.25, AtLeast: false));
    }

    /// <summary>Rules of every kind, none like another.</summary>
    private static async Task<int> Make(Data.CrmDb db)
    {
        await Drop(db);
        var (hand, now) = (await SegmentSql.Of(db, Provider.Sqlite), TimeProvider.System.GetUtcNow().UtcDateTime);
        for (var n = 0; n < Segments; n++)
        {
            var rule = hand.Rule(string.Create(CultureInfo.InvariantCulture, $"({SegmentQuestions.All[n % SegmentQuestions.All.Count].Rule}) and totalSpent >= {n * 10}"));
            var segment = new Segment(Name + n.ToString(CultureInfo.InvariantCulture), null, rule.ToStored(), rule.Uses.Today, null, now);
            segment.Use(rule.Uses.Segments);
            db.Segments.Add(segment);
        }

        return await db.SaveChangesAsync();
    }

    private static async Task<int> Drop(Data.CrmDb db)
    {
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(30));
        var ids = await db.Segments.Where(s => s.Name.StartsWith(Name)).Select(s => s.Id).ToListAsync();
        await db.Memberships.Where(m => ids.Contains(m.SegmentId)).ExecuteDeleteAsync();
        await db.CustomerEvents.Where(e => e.SubjectId != null && ids.Contains(e.SubjectId.Value) && e.Kind.StartsWith("segment-")).ExecuteDeleteAsync();
        await db.SegmentSizes.Where(s => ids.Contains(s.SegmentId)).ExecuteDeleteAsync();
        await db.SegmentUses.Where(u => ids.Contains(u.SegmentId)).ExecuteDeleteAsync();
        return await db.Segments.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync();
    }
}
