using System.Globalization;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Data.Kpis;
using CrmWeb.Domain.Kpis;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers.Lifetime;

/// <summary>What a fit is to be made of.</summary>
/// <param name="End">The last day, where the tenant is; null for yesterday.</param>
/// <param name="ModelId">A model that is found already: what follows from it is written on the customers.</param>
public sealed record ClvAsk(DateOnly? End = null, PurchaseUnit Unit = PurchaseUnit.Week, long? ModelId = null)
{
    /// <summary>An empty payload is that of every night.</summary>
    public static ClvAsk Read(string payload) => payload.Length == 0 ? new() : JsonSerializer.Deserialize<ClvAsk>(payload)!;

    public string Write() => JsonSerializer.Serialize(this);
}

/// <summary>Every night, and when somebody asks: how the customers buy, and what is to come of each. Done twice it says the same.</summary>
public sealed class ClvJob(CrmDb db) : IJobHandler
{
    public const string JobKind = "fit-clv";

    public string Kind => JobKind;

    public string Permission => Permissions.ManageKpis;

    public async Task<string> Run(JobRun run, CancellationToken stop)
    {
        var ask = ClvAsk.Read(run.Payload);
        Task Told(long done) => run.Progress(done, null, stop);
        var model = ask.ModelId is { } id ? await db.ApplyClv(id, Told, stop) : await db.KeepClv(ask.End, ask.Unit, Told, stop);
        return (model?.Customers ?? 0).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Asks for a fit; the caller saves.</summary>
    public static Job Ask(CrmDb db, ClvAsk what, long memberId, DateTime now)
    {
        var job = new Job(JobKind, what.Write(), memberId, now);
        db.Jobs.Add(job);
        return job;
    }

    /// <summary>The one that was asked for last; null when there never was one.</summary>
    public static Task<Job?> Last(CrmDb db, CancellationToken stop) => db.Jobs.AsNoTracking().Where(j => j.Kind == JobKind).OrderByDescending(j => j.Id).FirstOrDefaultAsync(stop);

    public static bool IsBusy(Job? job) => job is { State: JobState.Waiting or JobState.Running };
}
