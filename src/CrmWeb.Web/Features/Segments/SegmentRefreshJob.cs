using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Segments;

/// <summary>Judges all customers by the rules of segments: of all of them, of one that somebody asks for, or of those whose time has come. Done twice it finds nothing to do.</summary>
public sealed class SegmentRefreshJob(CrmDb db, ILogger<SegmentRefreshJob> log) : IJobHandler
{
    public const string JobKind = "refresh-segments";

    /// <summary>The payload of a job for those whose time has come; none means all, a number that one.</summary>
    public const string Due = "due";

    public string Kind => JobKind;

    public string Permission => Permissions.EditSegments;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        long? only = long.TryParse(run.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        var (done, failed) = await db.RefreshSegments(run.Payload == Due ? RefreshOf.Due : RefreshOf.All, (at, of) => run.Progress(at, of, stop), stop, only);
        foreach (var (segment, why) in failed) log.LogError(why, "Segment {Segment} could not be refreshed", segment);
        if (only is null) await db.CountLists(stop);
        return failed.Count == 0 ? done.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{done - failed.Count}/{done}");
    }

    /// <summary>Asks for a refresh; the caller saves.</summary>
    /// <param name="segmentId">Null: of all.</param>
    public static Job Ask(CrmDb db, long? segmentId, long memberId, DateTime now)
    {
        var job = new Job(JobKind, segmentId?.ToString(CultureInfo.InvariantCulture) ?? "", memberId, now);
        db.Jobs.Add(job);
        return job;
    }

    /// <summary>The refresh of a segment, or of all, that was asked for last; null when there never was one.</summary>
    public static Task<Job?> Last(CrmDb db, long? segmentId, CancellationToken stop)
    {
        var payload = segmentId?.ToString(CultureInfo.InvariantCulture) ?? "";
        return db.Jobs.AsNoTracking().Where(j => j.Kind == JobKind && j.Payload == payload).OrderByDescending(j => j.Id).FirstOrDefaultAsync(stop);
    }
}
