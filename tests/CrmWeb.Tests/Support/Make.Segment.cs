using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>A segment by that rule, or a list; nobody is in it yet. Answers its id.</summary>
    public static Task<long> Segment(TestTenant tenant, string? rule, string? name = null) => tenant.Use(async db =>
    {
        var read = rule is null ? null : await db.Rule(rule);
        var segment = new Segment(name ?? $"Segment {Number()}", null, read?.ToStored(), read?.Uses.Today == true, tenant.Admin.Id, tenant.Host.Clock.Now);
        if (read is not null) segment.Use(read.Uses.Segments);
        db.Segments.Add(segment);
        await db.SaveChangesAsync();
        return segment.Id;
    });
}

public static class SegmentTesting
{
    public static async Task<SegmentRule> Rule(this CrmDb db, string typed)
    {
        var custom = await db.LoadCustomFields(default);
        var world = await db.RuleWorld(RuleMentions.Of(typed, custom), "EUR", custom, db.Segments.AsNoTracking().Select(s => new RuleName(s.Id, s.Name)), default);
        return SegmentRule.TryParse(typed, world, out var rule, out var error) ? rule : throw new InvalidOperationException(error.ToString());
    }

    public static Task Refresh(this TestTenant tenant, long? only = null) => tenant.Use(async db =>
    {
        Assert.Empty((await db.RefreshSegments(RefreshOf.All, (_, _) => Task.CompletedTask, default, only)).Failed);
        return 0;
    });

    public static Task<List<long>> MembersOf(this TestTenant tenant, long segmentId) => tenant.Use(db => db.MembersOf(segmentId).OrderBy(id => id).ToListAsync());

    /// <summary>Whom its rule means at this moment.</summary>
    public static Task<List<long>> MeantBy(this TestTenant tenant, long segmentId) => tenant.Use(async db =>
    {
        var rule = SegmentRule.Stored((await db.Segments.Where(s => s.Id == segmentId).Select(s => s.Rule).SingleAsync())!, new RuleWorld("EUR", await db.LoadCustomFields(default)));
        return await db.Customers.Where(SegmentCompiler.Compile(rule, await db.RuleSources(default))).Select(c => c.Id).OrderBy(id => id).ToListAsync();
    });

    public static async Task RunJobs(this TestTenant tenant)
    {
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        Assert.Empty(await tenant.Use(db => db.Jobs.Where(j => j.State == JobState.Failed).Select(j => j.Note).ToListAsync()));
    }
}
