using System.Net;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.CustomFields;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.CustomFields;

/// <summary>Many values of a field, brought into another type by a job.</summary>
public sealed class FieldConversionTests
{
    private const int Many = FieldConversion.Batch + 300;

    [Fact]
    public async Task Type_OfManyValues_IsChangedByAJobAndTheFieldIsOutOfUseMeanwhile()
    {
        var (acme, field, admin) = await Begun();
        Assert.NotNull((await admin.Get($"/settings/fields/{field}/type")).Find("progress"));
        Assert.Contains("The kind of value is being changed", (await admin.Get("/settings/fields")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kilos", (await admin.Get("/customers/new")).Text, StringComparison.Ordinal);

        // a form that is saved now keeps what has not come along
        var one = await acme.Use(db => db.Customers.OrderByDescending(c => c.Id).Select(c => new { c.Id, c.Version }).FirstAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/customers/{one.Id}/edit", new { Name = "Renamed", one.Version })).Status);

        await Work(acme);
        Assert.Equal("true", (await admin.Get($"/settings/fields/{field}/type/progress")).Response.Headers.GetValues("HX-Refresh").Single());
        await AssertConverted(acme, field);
        Assert.Contains("Kilos", (await admin.Get("/customers/new")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Type_WhileItIsChanged_IsRefusedWithTheReason()
    {
        var (acme, field, admin) = await Begun();
        var version = await acme.Use(db => db.CustomFields.Select(f => f.Version).SingleAsync());
        foreach (var (path, form) in ((string, object)[])
        [
            ($"/settings/fields/{field}/type", new { To = "Text", Version = version, Lose = Many }), ($"/settings/fields/{field}/restore", new { }),
            ($"/settings/fields/{field}", new { Label = "Kilos", Unique = "true", Version = version }),
        ])
        {
            Assert.Equal(HttpStatusCode.Redirect, (await admin.Post(path, form)).Status);
            Assert.Contains("is being changed. Wait until that is done.", (await admin.Get("/settings/fields")).Text, StringComparison.Ordinal);
        }

        Assert.Equal((CustomFieldType.Number, true), await acme.Use(async db => (await db.CustomFields.Select(f => new { f.Type, f.RetiredAt }).SingleAsync()) is var now ? (now.Type, now.RetiredAt is not null) : default));
        await Work(acme);
        await AssertConverted(acme, field);
    }

    [Fact]
    public async Task R2_Job_KilledAfterAStep_GoesOnWhereItStopped()
    {
        var (acme, field, _) = await Begun();
        await Assert.ThrowsAsync<TimeoutException>(() => RunKilled(acme));
        var left = await acme.Use(db => db.CustomValues.CountAsync(v => v.Text != null));
        Assert.Equal(Many - FieldConversion.Batch, left);
        acme.Host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        await Work(acme);
        await AssertConverted(acme, field);
    }

    [Fact]
    public async Task GoOn_AJobThatFailed_IsBegunAgain()
    {
        var (acme, field, admin) = await Begun();
        await acme.Use(db => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Failed).SetProperty(j => j.Note, "Broken.")));
        Assert.Contains("It stopped before all values came along", (await admin.Get($"/settings/fields/{field}/type")).Text, StringComparison.Ordinal);
        await admin.Post($"/settings/fields/{field}/type/go-on");
        await admin.Post($"/settings/fields/{field}/type/go-on");
        Assert.Equal(2, await acme.Use(db => db.Jobs.CountAsync()));
        await Work(acme);
        await AssertConverted(acme, field);
    }

    [Fact]
    public async Task Change_WhileAnImportWritesTheField_IsRefused()
    {
        var acme = await Make.Tenant();
        var field = await Make.Field(acme, CustomFieldType.Text, "Kilos");
        var admin = await acme.Admin.Browser();
        var import = await Make.Import(acme, "name,Kilos\nAnn,5\n", s => s with { Fields = ["name", field.Name] });
        await acme.Use(db => db.Imports.ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Checked)));
        await acme.Ask(import, CustomerImport.JobKind);
        var refused = await admin.Post($"/settings/fields/{field.Id}/type", new { To = "Number", Version = 0, Lose = 0 });
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("An import writes this field", refused.Text, StringComparison.Ordinal);
        Assert.Equal(CustomFieldType.Text, await acme.Use(db => db.CustomFields.Where(f => f.Id == field.Id).Select(f => f.Type).SingleAsync()));
        await acme.Use(db => db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Failed)));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/fields/{field.Id}/type", new { To = "Number", Version = 0, Lose = 0 })).Status);
    }

    [Fact]
    public async Task Change_WhileASegmentAsksForTheField_IsRefused()
    {
        var acme = await Make.Tenant();
        var (field, alike) = (await Make.Field(acme, CustomFieldType.Text, "Kilo"), await Make.Field(acme, CustomFieldType.Text, "Kilos"));
        var heavy = await Make.Segment(acme, $"{field.Name} = \"9\"", "Heavy ones");
        await Make.Segment(acme, $"{alike.Name} is empty", "Light ones");
        var admin = await acme.Admin.Browser();
        var refused = await admin.Post($"/settings/fields/{field.Id}/type", new { To = "Number", Version = 0, Lose = 0 });
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Segments ask for this field: Heavy ones.", refused.Text, StringComparison.Ordinal);
        Assert.Equal(CustomFieldType.Text, await acme.Use(db => db.CustomFields.Where(f => f.Id == field.Id).Select(f => f.Type).SingleAsync()));
        await acme.Use(db => db.Segments.Where(s => s.Id == heavy).ExecuteUpdateAsync(set => set.SetProperty(s => s.DeletedAt, acme.Host.Clock.Now)));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/fields/{field.Id}/type", new { To = "Number", Version = 0, Lose = 0 })).Status);
    }

    private static async Task<(TestTenant, long, Visitor)> Begun()
    {
        var acme = await Make.Tenant(await CrmHost.Start());
        var field = await Make.Field(acme, CustomFieldType.Text, "Kilos");
        var fields = await Make.FieldsOf(acme);
        await acme.Use(db =>
        {
            for (var i = 0; i < Many; i++) db.Customers.Add(new Customer((new CustomerDetails { Name = $"C{i}" } with { CustomFields = fields }).With("kilos", [i % 100 == 0 ? "a few" : $"{i}"]), acme.Host.Clock.Now));
            return db.SaveChangesAsync();
        });
        acme.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var admin = await acme.Admin.Browser();
        var lost = Enumerable.Range(0, Many).Count(i => i % 100 == 0);
        var begun = await admin.Post($"/settings/fields/{field.Id}/type", new { To = "Number", Version = 0, Lose = lost });
        Assert.True(begun.Status == HttpStatusCode.Redirect, begun.Text);
        return (acme, field.Id, admin);
    }

    private static async Task AssertConverted(TestTenant acme, long field)
    {
        var lost = Enumerable.Range(0, Many).Count(i => i % 100 == 0);
        Assert.Equal((Many - lost, 0), await acme.Use(async db => (await db.CustomValues.CountAsync(v => v.FieldId == field && v.Number != null), await db.CustomValues.CountAsync(v => v.Number == null))));
        Assert.Equal(lost, await acme.Use(db => db.Changes.CountAsync(x => x.Field == "custom.kilos" && x.Old == "a few" && x.New == null)));
        Assert.Equal(Many, await acme.Use(db => db.Customers.CountAsync(c => c.ChangedAt > c.CreatedAt)));
        Assert.Null(await acme.Use(db => db.CustomFields.Where(f => f.Id == field).Select(f => f.RetiredAt).SingleAsync()));
        Assert.Equal(JobState.Done, await acme.Use(db => db.Jobs.OrderByDescending(j => j.Id).Select(j => j.State).FirstAsync()));
    }

    private static async Task Work(TestTenant acme)
    {
        var runner = acme.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
    }

    /// <summary>Claims the job and is gone in the middle of its second step: nobody gives it back.</summary>
    private static Task<string> RunKilled(TestTenant acme) => acme.Host.Scope(async services =>
    {
        var db = services.GetRequiredService<CrmDb>();
        var claimed = (await db.ClaimJob("dies", acme.Host.Clock.Now, default))!;
        var pass = (await db.PassOfMember(acme.Id, acme.Admin.Id, default))!;
        db.Current.Enter(pass);
        services.GetRequiredService<CurrentMember>().Enter(pass);
        var steps = 0;
        var run = new JobRun(claimed, db, acme.Host.Clock, (_, _) => steps = steps == 3 ? throw new TimeoutException() : steps + 1);
        return await services.GetServices<IJobHandler>().OfType<FieldConversionJob>().Single().Run(run, default);
    });
}
