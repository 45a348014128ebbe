using System.Diagnostics;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Customers.Bulk;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Benchmarks.Measures;

/// <summary>A bulk edit of 100,000 customers by its job, from the claim to the end, beside one update and one insert of the same history in one transaction.</summary>
internal static class BulkMeasure
{
    private const int Customers = 100_000;
    private const int Rounds = 5;

    private const string History = """
        INSERT INTO "Changes" ("TenantId", "At", "MemberId", "Via", "Record", "RecordId", "CustomerId", "Act", "Field", "Old", "New")
        SELECT "TenantId", {1}, {2}, 3, 1, "Id", "Id", 0, 'FIELD', CAST("COLUMN" AS VARCHAR(20)), 'value' FROM "Customers" WHERE "TenantId" = {0}
        """;

    private const string Update = """UPDATE "Customers" SET "COLUMN" = VALUE, "UpdatedAt" = {1}, "Version" = "Version" + 1 WHERE "TenantId" = {0}""";

    public static async Task Run(Provider provider, Wanted wanted, Report report)
    {
        var installation = await Installation.Fresh(provider);
        await installation.Verb("load", "--tenant", Installation.Tenant, "--customers", "100000", "--seed", "1");
        foreach (var field in new[] { "ownerId", "stage" })
        {
            var (ours, raw) = (new List<double>(), new List<double>());
            for (var round = -1; round < Rounds; round++)
            {
                var clock = Stopwatch.StartNew();
                await installation.Use(db => Raw(db, field, round));
                var limit = clock.Elapsed.TotalSeconds;
                var seconds = await Ours(installation, field, round);
                // the first round fills the caches of both
                if (round < 0) continue;
                raw.Add(limit);
                ours.Add(seconds);
            }

            report.Add(new Row($"bulk edit of {Customers:N0} customers, {field}", provider, Report.Median(ours), Report.Median(raw), "s", 3, AtLeast: false));
        }
    }

    private static async Task<double> Ours(Installation installation, string field, int round)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(installation.Settings.Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value))).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddCrmDb(configuration).AddScoped<CurrentMember>().AddScoped<MemberFields>()
            .AddBulkEdits().AddSingleton<JobRunner>().BuildServiceProvider();
        var id = await installation.Use(async db =>
        {
            var member = await db.Members.Select(m => m.Id).FirstAsync();
            var edit = new BulkEdit("", null, member, TimeProvider.System.GetUtcNow().UtcDateTime)
            {
                What = new BulkWhat(BulkAct.Set, field) { Values = field == "stage" ? [round % 2 == 0 ? "loyal" : "dormant"] : round % 2 == 0 ? [ChangeText.Of(member)!] : [] }.ToJson(),
                State = BulkState.Running,
                StartedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
            };
            db.BulkEdits.Add(edit);
            await db.SaveChangesAsync();
            var job = new Job(BulkRun.JobKind, ChangeText.Of(edit.Id)!, member, edit.StartedAt.Value);
            db.Jobs.Add(job);
            await db.SaveChangesAsync();
            edit.JobId = job.Id;
            await db.SaveChangesAsync();
            return edit.Id;
        });
        var clock = Stopwatch.StartNew();
        await services.GetRequiredService<JobRunner>().RunNext(CancellationToken.None);
        var seconds = clock.Elapsed.TotalSeconds;
        var done = await installation.Use(db => db.BulkEdits.AsNoTracking().SingleAsync(e => e.Id == id));
        if (done.State != BulkState.Done || done.ChangedCount < Customers * 0.9) throw new InvalidOperationException($"{done.State}: {done.ChangedCount} changed, {done.SameCount} same");
        return seconds;
    }

    private static async Task<int> Raw(CrmDb db, string field, int round)
    {
        var (tenant, now, member) = (db.Current.Id, TimeProvider.System.GetUtcNow().UtcDateTime, await db.Members.Select(m => m.Id).FirstAsync());
        await using var transaction = await db.Database.BeginTransactionAsync();
        // the other value than the bulk edit after it sets
        var (column, value) = field == "stage" ? ("Stage", round % 2 == 0 ? "4" : "3") : ("OwnerId", round % 2 == 0 ? "NULL" : "{2}");
        await db.Database.ExecuteSqlRawAsync(Named(History, field, column, value), tenant, now, member);
        var changed = await db.Database.ExecuteSqlRawAsync(Named(Update, field, column, value), tenant, now, member);
        await transaction.CommitAsync();
        return changed;
    }

    private static string Named(string sql, string field, string column, string value) =>
        sql.Replace("FIELD", field, StringComparison.Ordinal).Replace("COLUMN", column, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal);
}
