using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Customers.Quality;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    private static readonly StaleRuleDetails UsualRule =
        new("Rule", CrmWeb.Domain.Customers.CustomFields.StageSet.None, null, StaleSince.Either, 30, "Check the data", null, 7, 10);

    /// <summary>A rule about stale records that is on. Answers its id.</summary>
    public static Task<long> StaleRule(TestTenant tenant, Func<StaleRuleDetails, StaleRuleDetails>? with = null) => tenant.Use(async db =>
    {
        var rule = new StaleRule(with?.Invoke(UsualRule) ?? UsualRule, tenant.Admin.Id);
        db.StaleRules.Add(rule);
        await db.SaveChangesAsync();
        return rule.Id;
    });
}

public static class QualityTesting
{
    /// <summary>Has the data looked through, as the night does. Answers the jobs that failed.</summary>
    public static async Task Tend(this TestTenant tenant, string payload = QualityJob.Nightly, CrmHost? node = null)
    {
        await tenant.Use(async db =>
        {
            db.Jobs.Add(new Job(QualityJob.JobKind, payload, tenant.Admin.Id, tenant.Host.Clock.Now));
            return await db.SaveChangesAsync();
        });
        var runner = (node ?? tenant.Host).Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        var last = await tenant.Use(db => db.Jobs.Where(j => j.Kind == QualityJob.JobKind).OrderByDescending(j => j.Id).Select(j => new { j.State, j.Note }).FirstAsync());
        Assert.True(last.State == JobState.Done, last.Note);
    }
}
