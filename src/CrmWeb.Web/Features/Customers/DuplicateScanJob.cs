using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Duplicates;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Looks for customers who stand twice. Done twice it finds the same.</summary>
public sealed class DuplicateScanJob(CrmDb db) : IJobHandler
{
    public const string JobKind = "scan-duplicates";

    public string Kind => JobKind;

    public string Permission => Permissions.EditCustomers;

    public async Task<string> Run(JobRun run, CancellationToken stop) =>
        (await db.ScanForDuplicates((done, total) => run.Progress(done, total, stop), stop)).ToString(CultureInfo.InvariantCulture);

    /// <summary>The scan that was asked for last; null when there never was one.</summary>
    public static Task<Job?> Last(CrmDb db, CancellationToken stop) =>
        db.Jobs.AsNoTracking().Where(j => j.Kind == JobKind).OrderByDescending(j => j.Id).FirstOrDefaultAsync(stop);

    public static bool IsBusy(Job? job) => job is { State: JobState.Waiting or JobState.Running };
}
