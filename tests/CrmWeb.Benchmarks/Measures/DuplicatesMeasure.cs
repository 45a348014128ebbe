using System.Diagnostics;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Customers;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>The scan of a whole tenant for customers who stand twice, as the program does it when somebody asks for it: how long, and how much memory it takes at most.</summary>
internal static class DuplicatesMeasure
{
    private const int Seconds = 60;
    private const int MiB = 400;

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Of(provider, wanted.Customers, wanted.Customers);
        await using var server = await Server.Product(installation);
        var asked = await installation.Use(async db =>
        {
            var job = new Job(DuplicateScanJob.JobKind, "", await db.Members.Select(m => m.Id).FirstAsync(), TimeProvider.System.GetUtcNow().UtcDateTime);
            db.Jobs.Add(job);
            await db.SaveChangesAsync();
            return job.Id;
        });
        var clock = Stopwatch.StartNew();
        double peak = 0;
        while (await installation.Use(db => db.Jobs.Where(j => j.Id == asked).Select(j => j.State).SingleAsync()) is JobState.Waiting or JobState.Running)
        {
            peak = Math.Max(peak, server.OwnMemoryMiB);
            await Task.Delay(100);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        var job = await installation.Use(db => db.Jobs.AsNoTracking().SingleAsync(j => j.Id == asked));
        if (job.State != JobState.Done) throw new InvalidOperationException($"The scan is {job.State}: {job.Note}");
        report.Add(new Row($"scan of {wanted.Customers:N0} customers for duplicates", provider, seconds, Seconds, "s", 1, AtLeast: false));
        report.Add(new Row("peak memory of the scan", provider, peak, MiB, "MiB", 1, AtLeast: false));
    }
}
