using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Quality;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <summary>Counts what the data is like; by night it makes the tasks of the rules about stale records as well. Done twice it keeps the same.</summary>
public sealed class QualityJob(CrmDb db, CurrentMember me, StaleRun rules) : IJobHandler
{
    public const string JobKind = "count-quality";

    /// <summary>The payload of a job that counts and follows the rules; an admin's job.</summary>
    public const string Nightly = "nightly";

    /// <summary>The payload of a job that follows the rules alone; an admin's job.</summary>
    public const string Rules = "rules";

    public string Kind => JobKind;

    public string Permission => Permissions.EditCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var counted = 0L;
        if (run.Payload != Rules) counted = await db.CountQuality(await db.LoadCustomFields(stop), DayOfTenant(), (done, total) => run.Progress(done, total, stop), stop);
        if (run.Payload is Nightly or Rules && me.May(Permissions.ManageTenant)) counted = await rules.Follow(run, DayOfTenant(), stop);
        return counted.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The count that was asked for last; null when there never was one.</summary>
    public static Task<Job?> Last(CrmDb db, CancellationToken stop) =>
        db.Jobs.AsNoTracking().Where(j => j.Kind == JobKind && j.Payload != Rules).OrderByDescending(j => j.Id).FirstOrDefaultAsync(stop);

    public static bool IsBusy(Job? job) => job is { State: JobState.Waiting or JobState.Running };

    // the numbers are the tenant's, wherever the member on whose behalf they are counted may be
    private CustomerFilterContext DayOfTenant()
    {
        var zone = me.TenantZone;
        return CustomerQuery.ContextOf(db, me) with
        {
            Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(me.Now, zone)),
            StartOf = day => DayStart(day, zone),
        };
    }

    private static DateTime DayStart(DateOnly day, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue), DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(wall)) wall = wall.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(wall, zone);
    }
}
