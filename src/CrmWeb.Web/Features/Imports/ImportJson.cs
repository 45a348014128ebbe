using System.Text.Json;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Imports;

/// <summary>An import as the API tells it.</summary>
/// <param name="IsStopped">Its work ended before it was done; it can be begun again, and goes on where it stopped.</param>
/// <param name="Map">What each column means.</param>
/// <param name="LikelyDuplicates">Rows that likely are a customer who was there already, whatever became of them.</param>
/// <param name="Rows">Rows of the file; null until a dry run has counted them.</param>
[Example("""{"id":12,"kind":"customers","fileName":"customers.csv","state":"done","isStopped":false,"note":null,"memberId":3,"map":{"Id":"externalId","Name":"name"},"match":"external-id","onMatch":"update","onDuplicate":"make","rows":2000,"rowsDone":2000,"new":1800,"changed":150,"same":49,"refused":1,"likelyDuplicates":12,"createdAt":"2026-11-22T09:30:00Z","finishedAt":"2026-11-22T09:30:04Z"}""")]
public sealed record ImportJson(
    long Id, ImportOf Kind, string FileName, ImportState State, bool IsStopped, string? Note, long MemberId, IReadOnlyDictionary<string, string> Map, MatchRule Match, OnMatch OnMatch, OnDuplicate OnDuplicate,
    long? Rows, long RowsDone, long New, long Changed, long Same, long Refused, long LikelyDuplicates, DateTime CreatedAt, DateTime? FinishedAt)
{
    /// <summary>The job must be loaded.</summary>
    public static ImportJson Of(Import i)
    {
        var settings = ImportSettings.Of(i);
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, field) in settings.Columns.Zip(settings.Fields)) map[column] = field;
        return new(
            i.Id, settings.What, i.FileName, i.State, i.IsStopped(), i.Job?.State == JobState.Failed ? i.Job.Note : null, i.MemberId, map, settings.Match, settings.OnMatch, settings.OnDuplicate,
            settings.Rows, i.RowsDone, i.NewCount, i.ChangedCount, i.SameCount, i.RefusedCount, i.LikelyCount, i.CreatedAt, i.FinishedAt);
    }
}

/// <summary>A row that did not come in, by the columns of the file.</summary>
[Example("""{"line":17,"values":{"Id":"C-17","Name":""},"reason":"name: there is no name, and no address to take its place"}""")]
public sealed record RefusedRowJson(long Line, IReadOnlyDictionary<string, string> Values, string Reason);

/// <summary>A file to bring in. What is not said is guessed as the pages do.</summary>
public sealed class ImportInput
{
    [FromForm(Name = "file")] public IFormFile? File { get; set; }

    /// <summary>What the rows are: customers, orders or interactions. Customers, unless said.</summary>
    [FromForm(Name = "kind")] public string? Kind { get; set; }

    /// <summary>JSON: the columns of the file and the fields they mean, <c>{"Mail":"email"}</c>. Columns that are not named are left out.</summary>
    [FromForm(Name = "map")] public string? Map { get; set; }

    /// <summary>external-id, email, phone, name or, of customers, none.</summary>
    [FromForm(Name = "match")] public string? Match { get; set; }

    /// <summary>update, fill or keep.</summary>
    [FromForm(Name = "onMatch")] public string? OnMatch { get; set; }

    /// <summary>What becomes of rows that are new but likely are a customer who is there: make, skip or update.</summary>
    [FromForm(Name = "onDuplicate")] public string? OnDuplicate { get; set; }

    /// <summary>Of orders and interactions: create or refuse.</summary>
    [FromForm(Name = "unknownCustomers")] public string? UnknownCustomers { get; set; }

    /// <summary>Of orders: create, describe or refuse.</summary>
    [FromForm(Name = "unknownProducts")] public string? UnknownProducts { get; set; }

    /// <summary>The order of dates: dmy, mdy or ymd.</summary>
    [FromForm(Name = "dates")] public string? Dates { get; set; }

    /// <summary>Only says what would happen; run it afterwards.</summary>
    [FromForm(Name = "dryRun")] public bool DryRun { get; set; }

    /// <summary>Null when it is no map.</summary>
    public Dictionary<string, string>? ReadMap()
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(Map!) is { } map && map.Values.All(field => field is not null) ? map : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
