using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Segments;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures.Segments;

/// <summary>
/// The first refresh of a segment of about a third of the customers, and one after a hundredth of them changed, beside statements by hand that leave the same behind: the
/// stays and the events that tell of them. The statements look no further: no lock, no count, nobody who changes meanwhile.
/// </summary>
internal static class SegmentFillMeasure
{
    private const int Rounds = 3;
    private const double FillTarget = 1.5;
    private const double ChangeTarget = 2;
    private const string Name = "Benchmark";

    private const string Meant = """c."TenantId" = @tenant AND c."DeletedAt" IS NULL AND c."TotalSpent" > @least""";
    private const string Within = """FROM "Memberships" AS m WHERE m."TenantId" = @tenant AND m."SegmentId" = @filled AND m."LeftAt" IS NULL""";
    private const string Enter = """INSERT INTO "Memberships" ("TenantId", "SegmentId", "CustomerId", "EnteredAt") SELECT @tenant, @filled, c."Id", @now FROM "Customers" AS c WHERE """;
    private const string Tell = """INSERT INTO "CustomerEvents" ("TenantId", "Kind", "OfInteraction", "OccurredAt", "SubjectId", "CustomerId") SELECT @tenant, 'KIND', #yes, @now, @filled, """;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await wanted.ForSegments(provider);
        await installation.Use(async db =>
        {
            var hand = await SegmentSql.Of(db, provider);
            var least = await Third(db);
            var rule = hand.Rule(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"totalSpent > {least / 100m}"));
            await Clear(db, hand);
            var segment = new Segment(Name, null, rule.ToStored(), false, null, TimeProvider.System.GetUtcNow().UtcDateTime);
            db.Segments.Add(segment);
            await db.SaveChangesAsync();
            (string, object)[] values = [("@filled", segment.Id), ("@least", least)];
            var (fill, change, rawFill, rawChange) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
            for (var round = -1; round < Rounds; round++)
            {
                double[] times =
                [
                    await SegmentSql.Timed(() => Refresh(db, segment.Id)), await Change(hand, () => Refresh(db, segment.Id), values),
                    await SegmentSql.Timed(() => Fill(db, hand, provider, values)), await Change(hand, () => Differ(db, hand, provider, values), values),
                ];
                // the first round fills the caches of both
                if (round < 0) continue;
                foreach (var (list, time) in new[] { fill, change, rawFill, rawChange }.Zip(times)) list.Add(time);
            }

            await Clear(db, hand);
            var members = await db.Customers.CountAsync(c => c.TotalSpent > least);
            report.Add(new($"first fill of {members:N0} members", provider, Report.Median(fill), Report.Median(rawFill), "ms", FillTarget, AtLeast: false));
            report.Add(new($"refresh of {members:N0} members after 1 % of all changed", provider, Report.Median(change), Report.Median(rawChange), "ms", ChangeTarget, AtLeast: false));
            return 0;
        });
    }

    private static async Task<long> Third(CrmDb db)
    {
        var all = await db.Customers.CountAsync();
        return await db.Customers.OrderByDescending(c => c.TotalSpent).Select(c => c.TotalSpent).Skip(all * 3 / 10).FirstAsync();
    }

    private static async Task Refresh(CrmDb db, long id)
    {
        var (_, failed) = await db.RefreshSegments(RefreshOf.All, (_, _) => Task.CompletedTask, default, id);
        if (failed.Count > 0) throw failed[0].Why;
    }

    private static async Task Fill(CrmDb db, SegmentSql hand, Provider provider, (string, object)[] values)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await hand.Write(Enter + Meant, values);
        await hand.Write(Told(CustomerEvent.SegmentEntered, provider) + $"c.\"Id\" FROM \"Customers\" AS c WHERE {Meant}", values);
        await transaction.CommitAsync();
    }

    private static async Task Differ(CrmDb db, SegmentSql hand, Provider provider, (string, object)[] values)
    {
        var coming = $"""{Meant} AND NOT EXISTS (SELECT 1 {Within} AND m."CustomerId" = c."Id")""";
        var going = $"""NOT EXISTS (SELECT 1 FROM "Customers" AS c WHERE {Meant} AND c."Id" = m."CustomerId")""";
        await using var transaction = await db.Database.BeginTransactionAsync();
        await hand.Write(Told(CustomerEvent.SegmentEntered, provider) + $"c.\"Id\" FROM \"Customers\" AS c WHERE {coming}", values);
        await hand.Write(Told(CustomerEvent.SegmentLeft, provider) + $"m.\"CustomerId\" {Within} AND {going}", values);
        await hand.Write(Enter + coming, values);
        await hand.Write($"""UPDATE "Memberships" AS m SET "LeftAt" = @now WHERE m."TenantId" = @tenant AND m."SegmentId" = @filled AND m."LeftAt" IS NULL AND {going}""", values);
        await transaction.CommitAsync();
    }

    /// <summary>Takes a hundredth of all to the other side of the rule, half each way, and back again afterwards.</summary>
    private static async Task<double> Change(SegmentSql hand, Func<Task> work, (string, object)[] values)
    {
        const string Some = """UPDATE "Customers" SET "TotalSpent" = 2 * @least + 1 - "TotalSpent" WHERE "TenantId" = @tenant AND "Id" % 100 = 7 AND "TotalSpent" <= 2 * @least""";
        await hand.Write(Some, values);
        var took = await SegmentSql.Timed(work);
        await hand.Write(Some, values);
        await Wipe(hand, values);
        return took;
    }

    private static async Task Wipe(SegmentSql hand, (string, object)[] values)
    {
        await hand.Write("""DELETE FROM "Memberships" WHERE "TenantId" = @tenant AND "SegmentId" = @filled""", values);
        await hand.Write("""DELETE FROM "CustomerEvents" WHERE "TenantId" = @tenant AND "SubjectId" = @filled AND "Kind" LIKE 'segment%'""", values);
    }

    private static async Task Clear(CrmDb db, SegmentSql hand)
    {
        foreach (var id in await db.Segments.Where(s => s.Name == Name).Select(s => s.Id).ToListAsync())
        {
            await Wipe(hand, [("@filled", id)]);
            await hand.Write("""DELETE FROM "SegmentSizes" WHERE "TenantId" = @tenant AND "SegmentId" = @filled""", ("@filled", id));
            await hand.Write("""DELETE FROM "Segments" WHERE "TenantId" = @tenant AND "Id" = @filled""", ("@filled", id));
        }

        db.ChangeTracker.Clear();
    }

    private static string Told(string kind, Provider provider) => Tell.Replace("KIND", kind, StringComparison.Ordinal).Replace("#yes", provider == Provider.Sqlite ? "1" : "TRUE", StringComparison.Ordinal);
}
