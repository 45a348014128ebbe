using System.Data.Common;
using System.Text.Json;
using CrmWeb.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Platform.Api;

/// <summary>What became of a row of a batch.</summary>
public enum BatchOutcome
{
    Refused = 0,
    Created = 1,
    Changed = 2,
    Same = 3,
}

/// <param name="Row">The place of the row in the request, from 0.</param>
/// <param name="Errors">Of a refused row: what is wrong, field by field.</param>
public sealed record BatchResult(int Row, string? ExternalId, BatchOutcome Outcome, long? Id, IReadOnlyDictionary<string, List<string>>? Errors);

/// <summary>A row of a batch: what it says, which record it means, what becomes of it.</summary>
internal abstract class BatchRow<TInput>(int number) where TInput : class
{
    private readonly Dictionary<string, List<string>> errors = new(StringComparer.Ordinal);

    public JsonElement Said { get; init; }

    /// <summary>Null where it says nothing that can be understood; it is refused then.</summary>
    public TInput? Input { get; set; }

    /// <summary>What it says is understood.</summary>
    /// <exception cref="InvalidOperationException">The name of a field is no text.</exception>
    public virtual void Take(TInput input) => Input = input;

    public string? ExternalId { get; set; }

    public BatchOutcome Outcome { get; set; }

    public long? Id { get; set; }

    public bool IsRefused => errors.Count > 0;

    public bool IsWrong(string field) => errors.ContainsKey(ApiJson.Field(field));

    public void Refuse(string field, string text)
    {
        var name = ApiJson.Field(field);
        if (!errors.TryGetValue(name, out var texts)) errors[name] = texts = [];
        if (!texts.Contains(text, StringComparer.Ordinal)) texts.Add(text);
    }

    public BatchResult Result() => new(number, ExternalId, Outcome, Id, IsRefused ? errors : null);
}

/// <summary>Many records made or changed by their external ids. A row that does not fit is refused by itself; the others come in.</summary>
internal static class ApiBatch
{
    public const int MaxRows = 1000;

    private const int Attempts = 4;
    private const string Mark = "batch";
    private const string ExternalId = "externalId";

    /// <summary>The rows as they are said, each with an external id that stands in the batch once.</summary>
    /// <param name="items">As they came.</param>
    /// <param name="row">Makes the row of a number and what it says.</param>
    /// <param name="externalId">Of what it says.</param>
    public static List<TRow> Read<TRow, TInput>(IReadOnlyList<JsonElement> items, Func<int, JsonElement, TRow> row, Func<TInput, string?> externalId, JsonSerializerOptions json, IStringLocalizer L)
        where TRow : BatchRow<TInput>
        where TInput : class
    {
        var (rows, seen) = (new List<TRow>(items.Count), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (number, item) in items.Index())
        {
            var read = row(number, item);
            rows.Add(read);
            if (item.ValueKind != JsonValueKind.Object) read.Refuse("", L["This value does not fit here, or is no JSON."]);
            else if (Parse(read, json, L) is { } input)
            {
                read.ExternalId = externalId(input)?.Trim();
                if (string.IsNullOrEmpty(read.ExternalId)) read.Refuse(ExternalId, L["Please fill this in."]);
                else if (!seen.Add(read.ExternalId)) read.Refuse(ExternalId, L["This external id stands in the batch already."]);
            }
        }

        return rows;
    }

    /// <summary>Decides and writes in one transaction. When somebody changed one of the records in the same moment, or took an external id, it looks again and decides again.</summary>
    public static async Task<List<TRow>> RunBatch<TRow>(this CrmDb db, Func<List<TRow>> read, Func<List<TRow>, Task> work, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var rows = read();
            var around = db.Database.CurrentTransaction;
            await using var own = around is null ? await db.Database.BeginTransactionAsync(stop) : null;
            if (around is not null) await around.CreateSavepointAsync(Mark, stop);
            try
            {
                await work(rows);
                if (own is not null) await own.CommitAsync(stop);
                return rows;
            }
            catch (Exception e) when (e is DbException or DbUpdateException && attempt < Attempts)
            {
                db.ChangeTracker.Clear();
                if (around is not null) await around.RollbackToSavepointAsync(Mark, stop);
            }
        }
    }

    private static TInput? Parse<TInput>(BatchRow<TInput> row, JsonSerializerOptions json, IStringLocalizer L) where TInput : class
    {
        try
        {
            row.Take(row.Said.Deserialize<TInput>(json)!);
            return row.Input;
        }
        catch (JsonException wrong)
        {
            row.Refuse(wrong.Path ?? "", ApiJson.Say(wrong, L));
        }
        catch (InvalidOperationException)
        {
            // half of a surrogate pair in the name of a field
            row.Refuse("", L["This text has a character that cannot be stored."]);
        }

        return null;
    }
}
