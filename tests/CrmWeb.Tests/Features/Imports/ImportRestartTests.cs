using System.Text;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>What is stopped half-way goes on where it stopped, and each row has its effect once (R2). What is taken back is as it was.</summary>
public sealed class ImportRestartTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const int Rows = 14_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task R2_RunStoppedInBatch_GoesOnWithoutRepeating(int batch)
    {
        var acme = await Make.Tenant(fixture.Host);
        for (var i = 0; i < 5; i++) await Make.Customer(acme, $"Old {i}", d => d with { ExternalId = $"e{i * 3000}", City = "Before" });
        var id = await Make.Import(acme, File(Rows));
        var jobId = await acme.Ask(id, CustomerImport.JobKind);

        // dies in the middle of a batch: within its transaction, after the hold on the job
        await Assert.ThrowsAsync<TimeoutException>(() => RunUntil(acme, jobId, told => told == batch + 1 ? throw new TimeoutException() : 0));
        Assert.Equal(Math.Min(Rows, batch * 4000), (await acme.ImportOf(id)).RowsDone);

        // the lease of the dead worker runs out, another one takes over
        fixture.Host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        var runner = fixture.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }

        var import = await acme.ImportOf(id);
        Assert.Equal((ImportState.Done, Rows - 5, 5, 0), (import.State, import.NewCount, import.ChangedCount, import.RefusedCount));
        Assert.Equal(Rows, await acme.Use(db => db.Customers.CountAsync(c => c.City == "City")));
        Assert.Equal(Rows, await acme.Use(db => db.Customers.Select(c => c.ExternalId).Distinct().CountAsync()));
        Assert.Equal(5, await acme.Use(db => db.ImportRows.CountAsync(r => r.ImportId == id && r.Outcome == RowOutcome.Changed)));
    }

    [Fact]
    public async Task R2_PausedWorker_WritesNothingAfterItLostItsLease()
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Import(acme, File(5000));
        var jobId = await acme.Ask(id, CustomerImport.JobKind);
        await Assert.ThrowsAsync<JobLostException>(() => RunUntil(acme, jobId, _ => 0, another: true));
        Assert.Equal(0, await acme.Use(db => db.Customers.CountAsync()));
        fixture.Host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        var runner = fixture.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Equal(5000, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task R2_CommandKilled_IsTakenOverByAServer()
    {
        await using var host = await CrmHost.Start(settings: null);
        var acme = await Make.Tenant(host);
        var mail = await host.Scope(services => services.GetRequiredService<CrmDb>().Users.Where(u => u.Id == acme.Admin.UserId).Select(u => u.Email!).SingleAsync());
        var path = Path.Combine(host.Folder, "many.csv");
        await System.IO.File.WriteAllTextAsync(path, File(30_000));
        using var child = ChildProgram.Start(host, "import", "customers", path, "--tenant", acme.Slug, "--as", mail);
        for (var wait = 0; wait < 600 && await acme.Use(db => db.Customers.CountAsync()) < 4000; wait++) await Task.Delay(50);
        child.Kill(entireProcessTree: true);
        await child.WaitForExitAsync();
        var done = await acme.Use(db => db.Customers.CountAsync());
        Assert.InRange(done, 4000, 29_999);

        host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        var runner = host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        var import = await acme.Use(db => db.Imports.AsNoTracking().SingleAsync());
        Assert.Equal((ImportState.Done, 30_000, 0), (import.State, import.NewCount, import.ChangedCount));
        Assert.Equal(30_000, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Revert_AfterAnyImport_GivesBackTheSameRows(int seed)
    {
        var acme = await Make.Tenant(fixture.Host);
        var random = new Random(seed);
        string? Any(params string[] words) => words[random.Next(words.Length)] is { Length: > 0 } word ? word : null;
        for (var i = 0; i < 12; i++)
        {
            await Make.Customer(acme, $"Old {i}", d => d with
            {
                ExternalId = $"e{i}",
                Email = $"m{i}@example.org",
                City = Any("", "Bonn", "Köln"),
                Phone = Any("", "+49 170 1234567", "call me"),
                Stage = (LifecycleStage)random.Next(6),
                OtherEmails = random.Next(2) == 0 ? [] : [$"x{i}@example.org", $"y{i}@example.org"],
                Description = Any("", "  two  spaces\nand lines"),
            });
        }

        var before = await Rows_(acme);
        var file = new StringBuilder("id,Name,Email,City,Other emails,Phone,Stage,Tags,Organisation,Description\n");
        for (var i = 0; i < 40; i++)
        {
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"e{random.Next(20)},{Any("", "New name", "Ann")},{Any("", $"n{i}@example.org")},{Any("", "Berlin")},{Any("", $"z{i}@example.org;x{i}@example.org")},{Any("", "030 123456")},"
                + $"{Any("", "loyal", "churned")},{Any("", "a", "a;b")},{Any("", "Acme", "Other")},{Any("", "said")}\n");
        }

        var id = await Make.Import(acme, file.ToString(), s => s with { Match = MatchRule.ExternalId, OnMatch = (OnMatch)random.Next(2) });
        var import = await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal(ImportState.Done, import.State);
        Assert.NotEqual(before, await Rows_(acme));
        Assert.Equal(ImportState.Reverted, (await acme.Do(id, ImportRevert.JobKind)).State);
        Assert.Equal(before, await Rows_(acme));
    }

    [Fact]
    public async Task Revert_WhereSomebodyWorkedSince_KeepsTheirWork()
    {
        var acme = await Make.Tenant(fixture.Host);
        var old = await Make.Customer(acme, "Old", d => d with { ExternalId = "1", City = "Bonn", Industry = "Tea" });
        var id = await Make.Import(acme, "id,Name,City,Industry\n1,Old,Berlin,Coffee\n2,Untouched,,\n3,Called,,\n4,Edited,,\n", s => s with { Match = MatchRule.ExternalId });
        await acme.Do(id, CustomerImport.JobKind);
        await Edit(acme, "1", d => d with { City = "Hamburg" });
        await Edit(acme, "4", d => d with { City = "Rome" });
        await Make.Interaction(acme, await acme.Use(db => db.Customers.Where(c => c.ExternalId == "3").Select(c => c.Id).SingleAsync()));

        var import = await acme.Do(id, ImportRevert.JobKind);
        Assert.Equal(new RevertResult(Removed: 1, Kept: 2, PutBack: 0, Edited: 1), RevertResult.Parse(import.Job!.Note));
        Assert.Equal(["Called", "Edited", "Old"], await acme.Use(db => db.Customers.OrderBy(c => c.Name).Select(c => c.Name).ToListAsync()));
        var kept = await acme.Use(db => db.Customers.SingleAsync(c => c.Id == old));
        Assert.Equal(("Hamburg", "Tea"), (kept.City, kept.Industry));
        Assert.Equal(import.Job.Note, (await acme.Do(id, ImportRevert.JobKind)).Job!.Note);
    }

    private static Task<int> Edit(TestTenant tenant, string externalId, Func<CustomerDetails, CustomerDetails> with) => tenant.Use(async db =>
    {
        var customer = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.ExternalId == externalId);
        customer.Change(with(CustomerDetails.Of(customer)), tenant.Host.Clock.Now);
        return await db.SaveChangesAsync();
    });

    private static string File(int rows) => "External id,Name,City\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"e{i},Name {i},City\n"));

    /// <summary>Works the job off in a process that is told to stop; <paramref name="another"/> lets a second worker claim it when the lease of this one ran out.</summary>
    internal static Task<string> RunUntil(TestTenant tenant, long jobId, Func<int, int> told, bool another = false) => tenant.Host.Scope(async services =>
    {
        var db = services.GetRequiredService<CrmDb>();
        var job = (await db.ClaimJob("dies", tenant.Host.Clock.Now, default, jobId))!;
        var pass = (await db.PassOfMember(tenant.Id, tenant.Admin.Id, default))!;
        db.Current.Enter(pass);
        services.GetRequiredService<CurrentMember>().Enter(pass);
        var count = 0;
        var run = new JobRun(job, db, tenant.Host.Clock, (_, _) => told(++count));
        if (another)
        {
            tenant.Host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
            await tenant.Host.Scope(other => other.GetRequiredService<CrmDb>().ClaimJob("lives", tenant.Host.Clock.Now, default, jobId));
        }

        return await services.GetServices<IJobHandler>().Single(handler => handler.Kind == job.Kind).Run(run, default);
    });

    /// <summary>Everything of the customers that an import may touch, row by row. Versions and the time of the last change move on.</summary>
    private static Task<List<string>> Rows_(TestTenant tenant) => tenant.Use(async db =>
    {
        var customers = await db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).AsNoTracking().Include(c => c.ContactPoints).Include(c => c.Tags).OrderBy(c => c.Id).ToListAsync();
        return customers.ConvertAll(c => $"{c.Id} {Snapshot.Write(CustomerDetails.Of(c), DetailField.All)} {c.NameNormal} {c.EmailNormal} {c.PhoneNormal} {c.CreatedAt:O} {c.ImportId} "
            + string.Join(',', c.ContactPoints.OrderBy(p => p.Value).Select(p => p.Normal)) + string.Join(',', c.Tags.Select(t => t.TagId)));
    });
}
