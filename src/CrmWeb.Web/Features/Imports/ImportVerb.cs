using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Cli;
using CrmWeb.Web.Platform.Jobs;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// The import as a command. It makes the same import and the same job as the wizard and works it off itself; when it is killed, a running server
/// takes the job over where it stopped.
/// </summary>
public sealed class ImportVerb(IServiceProvider services, Options options, ImportOf what, CancellationToken stop)
{
    public static readonly Verb Customers = new(
        "import customers",
        "FILE --tenant SLUG --as MAIL [--map FILE] [--match external-id|email|phone|name] [--on-match update|fill|keep] [--on-duplicate make|skip|update] [--dates dmy|mdy|ymd] [--dry-run] [--errors FILE]",
        (services, options, stop) => new ImportVerb(services, options, ImportOf.Customers, stop).Run())
    { Flags = ["dry-run"] };

    public static readonly Verb Orders = new(
        "import orders",
        "FILE --tenant SLUG --as MAIL [--map FILE] [--match external-id|email|phone|name] [--unknown-customers create|refuse] [--unknown-products create|describe|refuse] [--dates dmy|mdy|ymd] [--dry-run] [--errors FILE]",
        (services, options, stop) => new ImportVerb(services, options, ImportOf.Orders, stop).Run())
    { Flags = ["dry-run"] };

    public static readonly Verb Interactions = new(
        "import interactions",
        "FILE --tenant SLUG --as MAIL [--map FILE] [--match external-id|email|phone|name] [--unknown-customers create|refuse] [--dates dmy|mdy|ymd] [--dry-run] [--errors FILE]",
        (services, options, stop) => new ImportVerb(services, options, ImportOf.Interactions, stop).Run())
    { Flags = ["dry-run"] };

    private readonly CrmDb db = services.GetRequiredService<CrmDb>();
    private readonly CurrentMember me = services.GetRequiredService<CurrentMember>();
    private readonly TimeProvider clock = services.GetRequiredService<TimeProvider>();
    private readonly ImportFiles files = services.GetRequiredService<ImportFiles>();

    private async Task<int> Run()
    {
        var path = options.Word(0, "FILE");
        var (slug, mail, map, errors, dryRun) = (options.Need("tenant"), options.Need("as"), options.Find("map"), options.Find("errors"), options.Has("dry-run"));
        var (match, dates) = (Choice(ImportWordings.Matches, "match"), Choice(ImportWordings.DateOrders, "dates"));
        var (onMatch, onDuplicate) = what == ImportOf.Customers ? (Choice(ImportWordings.OnMatches, "on-match"), Choice(ImportWordings.OnDuplicates, "on-duplicate")) : default;
        var makeCustomers = what == ImportOf.Customers ? null : Choice(ImportWordings.UnknownCustomers, "unknown-customers");
        var products = what == ImportOf.Orders ? Choice(ImportWordings.Products, "unknown-products") : null;
        options.NothingElse();
        if (what != ImportOf.Customers && match == MatchRule.Nothing) throw new UsageException("--match is one of external-id, email, phone, name.");
        if (!File.Exists(path)) throw new RefusedException($"There is no file {path}.");
        await services.ActAs(slug, mail, Permissions.ImportCustomers, stop);

        await using var source = File.OpenRead(path);
        var stored = await files.Save(db.Current, source, stop) ?? throw new RefusedException($"The file is larger than {files.MaxSize >> 20} MB.");
        var settings = await Settle(stored.Key, map, match, onMatch, dates);
        settings = settings with { MakeCustomers = makeCustomers ?? settings.MakeCustomers, UnknownProducts = products ?? settings.UnknownProducts, OnDuplicate = onDuplicate ?? settings.OnDuplicate };
        var import = await Work(new Import(Path.GetFileName(path), stored.Key, stored.Size, me.Id, Now)
        {
            Settings = settings.ToJson(),
            State = dryRun ? ImportState.Checking : ImportState.Running,
        }, dryRun ? ImportCheck.JobKind : CustomerImport.JobKind);
        if (errors is not null) await WriteErrors(import, errors);
        if (dryRun) await Forget(import);

        if (import.LikelyCount > 0) Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"likely duplicates {import.LikelyCount}"));
        Console.WriteLine(ImportCounts.Of(import));
        return import.RefusedCount > 0 ? 1 : 0;
    }

    private async Task<ImportSettings> Settle(string key, string? map, MatchRule? match, OnMatch? onMatch, DateOrder? dates)
    {
        await using var file = files.Open(db.Current, key);
        var custom = await services.GetRequiredService<MemberFields>().Seen(stop);
        try
        {
            var settings = await db.Guess(ImportSource.Detect(file, what), custom, stop);
            if (map is not null) settings = Mapped(settings, custom, map);
            settings = settings with { Match = match ?? settings.Match, OnMatch = onMatch ?? settings.OnMatch, Dates = dates ?? settings.DatesOf(file, custom).Order };
            if (MappingProblems.Of(settings, custom, file, services.GetRequiredService<IStringLocalizer>()).FirstOrDefault() is { Sentence: { } sentence, Part: var part })
                throw new RefusedException(part == nameof(ImportSettings.Dates) ? sentence + " Give --dates dmy, mdy or ymd." : sentence);
            return settings;
        }
        catch (Exception e) when (e is RefusedException or UsageException or UnreadableFileException)
        {
            files.Delete(db.Current, key);
            throw e is UnreadableFileException ? new RefusedException(e.Message) : e;
        }
    }

    private static ImportSettings Mapped(ImportSettings settings, CustomFieldSet custom, string path)
    {
        if (!File.Exists(path)) throw new RefusedException($"There is no file {path}.");
        var text = File.ReadAllText(path);
        var pairs = text.TrimStart().StartsWith('{')
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(text) ?? []
            : text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#' && line.Contains('=', StringComparison.Ordinal))
                .ToDictionary(line => line[..line.LastIndexOf('=')].Trim(), line => line[(line.LastIndexOf('=') + 1)..].Trim(), StringComparer.OrdinalIgnoreCase);
        var (unknown, missing) = settings.Misfit(custom, pairs);
        if (unknown is not null) throw new UsageException($"--map: '{unknown}' is no field. There are: {string.Join(", ", settings.What.Fields(custom))}.");
        return missing is null ? settings.Mapped(pairs) : throw new RefusedException($"The file has no column '{missing}'.");
    }

    /// <summary>Makes the import and its job in one transaction that claims the job too: no server can be faster.</summary>
    private async Task<Import> Work(Import import, string kind)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.Imports.Add(import);
        await db.SaveChangesAsync(stop);
        kind = what.Job(kind);
        var job = new Job(kind, import.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), me.Id, Now);
        db.Jobs.Add(job);
        await db.SaveChangesAsync(stop);
        import.JobId = job.Id;
        await db.SaveChangesAsync(stop);
        var claimed = (await db.ClaimJob($"command-{Environment.ProcessId}", Now, stop, job.Id))!;
        await transaction.CommitAsync(stop);
        db.ChangeTracker.Clear();

        try
        {
            var note = await services.GetServices<IJobHandler>().Single(handler => handler.Kind == kind).Run(new JobRun(claimed, db, clock, Tell), stop);
            await db.FinishJob(claimed, JobState.Done, note, Now, stop);
        }
        catch (JobFailedException failed)
        {
            await db.FinishJob(claimed, JobState.Failed, failed.Message, Now, CancellationToken.None);
            throw new RefusedException(failed.Message);
        }
        catch (OperationCanceledException)
        {
            // a server goes on with it
            await db.ReturnJob(claimed, null, Now, CancellationToken.None);
            throw;
        }

        if (!Console.IsErrorRedirected) Console.Error.WriteLine();
        return await db.Imports.AsNoTracking().SingleAsync(i => i.Id == import.Id, stop);
    }

    private static void Tell(long done, long? total)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write(total is null ? $"\r{done} rows" : $"\r{done} of {total} rows");
    }

    private async Task WriteErrors(Import import, string path)
    {
        await using var to = File.Create(path);
        await RefusedRows.Write(db, import, to, services.GetRequiredService<IStringLocalizer>(), await services.GetRequiredService<MemberFields>().Seen(stop), stop);
    }

    private async Task Forget(Import import)
    {
        await db.Imports.Where(i => i.Id == import.Id).ExecuteDeleteAsync(stop);
        files.Delete(db.Current, import.FileKey);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private T? Choice<T>(IReadOnlyDictionary<string, T> choices, string name) where T : struct
    {
        if (options.Find(name) is not { } word) return null;
        return choices.TryGetValue(word, out var choice) ? choice : throw new UsageException($"--{name} is one of {string.Join(", ", choices.Keys)}.");
    }
}
