using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.CustomFields;

/// <summary>How far the values of a field came along into its other type: the payload of the job, written in the transaction of each step.</summary>
/// <param name="From">What the field held before; it is of the other type already.</param>
/// <param name="Last">The last customer who is done.</param>
/// <param name="IsUsed">The field was in use, and is again at the end.</param>
public sealed record ConversionState(long FieldId, CustomFieldType From, long Last, long Done, long Total, bool IsUsed)
{
    public static ConversionState Of(string payload) => JsonSerializer.Deserialize<ConversionState>(payload)!;

    public override string ToString() => JsonSerializer.Serialize(this);
}

/// <summary>
/// Brings many values of a field into its other type. Meanwhile the field is out of use: so nobody reads half of its values, and no form that is saved takes
/// those away that have not come along yet.
/// </summary>
public sealed class FieldConversionJob(CrmDb db, CurrentMember me) : IJobHandler
{
    public const string JobKind = "convert-field";

    public string Kind => JobKind;

    public string Permission => Permissions.ManageTenant;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var (state, conversion) = (ConversionState.Of(run.Payload), new FieldConversion(db, me.Pass.Currency));
        await using var connection = await LongWrite.Begin(db, stop);
        for (ConversionState? next = state; next is not null;)
        {
            state = next;
            await db.InTransaction(async () => next = await Step(run, conversion, state, stop), stop);
            db.ChangeTracker.Clear();
        }

        return "";
    }

    /// <summary>Answers how far it came; null when it is over.</summary>
    private async Task<ConversionState?> Step(JobRun run, FieldConversion conversion, ConversionState state, CancellationToken stop)
    {
        // first, so that a second worker waits here and then learns that it lost
        await run.Progress(state.Done, state.Total, stop);
        var field = await db.CustomFields.Include(f => f.Options).SingleAsync(f => f.Id == state.FieldId, stop);
        var (count, last) = await conversion.Step(field, state.From, state.Last, stop);
        if (count == 0)
        {
            await db.CustomFieldsChange(stop);
            if (state.IsUsed) field.BringBack();
            await db.SaveChangesAsync(stop);
            return null;
        }

        var next = state with { Last = last, Done = state.Done + count };
        await run.Progress(next.Done, next.Total, stop, next.ToString());
        return next;
    }

    /// <summary>Begins it in the transaction that made the field one of the other type.</summary>
    public static void Begin(CrmDb db, CustomField field, CustomFieldType from, long total, DateTime now)
    {
        var state = new ConversionState(field.Id, from, 0, 0, total, field.RetiredAt is null);
        field.Retire(now);
        db.Jobs.Add(new Job(JobKind, state.ToString(), db.Current.Actor.MemberId, now));
    }

    /// <summary>The jobs of the fields whose values have not all come along, by the field; a job that failed among them.</summary>
    public static async Task<Dictionary<long, Job>> Unfinished(CrmDb db, CancellationToken stop)
    {
        var jobs = await db.Jobs.AsNoTracking().Where(j => j.Kind == JobKind).OrderByDescending(j => j.Id).ToListAsync(stop);
        return jobs.GroupBy(job => ConversionState.Of(job.Payload).FieldId).Where(its => its.First().State != JobState.Done).ToDictionary(its => its.Key, its => its.First());
    }

    /// <summary>Goes on where a job stopped that had failed too often.</summary>
    public static void GoOn(CrmDb db, Job stopped, DateTime now) => db.Jobs.Add(new Job(JobKind, stopped.Payload, db.Current.Actor.MemberId, now));

    public static bool IsStopped(Job job) => job.State is JobState.Failed or JobState.Cancelled;
}

public static class CustomFieldsSetup
{
    public static IServiceCollection AddCustomFields(this IServiceCollection services) => services.AddScoped<IJobHandler, FieldConversionJob>();
}
