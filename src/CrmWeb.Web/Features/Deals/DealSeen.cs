using System.Globalization;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

/// <summary>What a form said when it was opened, carried along in it: with that, a conflict can tell what the colleague changed from what was typed here (R1).</summary>
internal static class DealSeen
{
    private sealed record Field(string Name, string Label, Func<DealForm, string> Text, Action<DealForm, DealForm> Take);

    private static readonly Field[] Fields =
    [
        new(nameof(DealForm.Name), "Deal name", f => f.Name ?? "", (mine, theirs) => mine.Name = theirs.Name),
        new(nameof(DealForm.Amount), "Amount", f => f.Amount ?? "", (mine, theirs) => mine.Amount = theirs.Amount),
        new(nameof(DealForm.Currency), "Currency", f => f.Currency ?? "", (mine, theirs) => mine.Currency = theirs.Currency),
        new(nameof(DealForm.CloseOn), "Close date", f => f.CloseOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", (mine, theirs) => mine.CloseOn = theirs.CloseOn),
        new(nameof(DealForm.Category), "Forecast as", f => f.Category?.ToString() ?? "", (mine, theirs) => mine.Category = theirs.Category),
        new(nameof(DealForm.OwnerId), "Owner", f => Id(f.OwnerId), (mine, theirs) => mine.OwnerId = theirs.OwnerId),
        new(nameof(DealForm.TeamId), "Team", f => Id(f.TeamId), (mine, theirs) => mine.TeamId = theirs.TeamId),
        new(nameof(DealForm.Description), "Description", f => (f.Description ?? "").Replace("\r\n", "\n", StringComparison.Ordinal).Trim(), (mine, theirs) => mine.Description = theirs.Description),
        new(nameof(DealForm.Lines), "Products", Lines, (mine, theirs) => mine.Lines = theirs.Lines),
    ];

    public static string Write(DealForm form) => JsonSerializer.Serialize(Fields.ToDictionary(field => field.Name, field => field.Text(form)));

    /// <summary>Puts the colleague's values into the fields that were chosen. Answers their names.</summary>
    public static IReadOnlyList<string> TakeOver(DealForm mine, DealForm theirs)
    {
        var taken = Fields.Where(field => mine.Take.Contains(field.Name, StringComparer.Ordinal)).ToList();
        foreach (var field in taken) field.Take(mine, theirs);
        return taken.ConvertAll(field => field.Name);
    }

    public static async Task<Conflict> ConflictOf(DealForm mine, DealForm theirs, DateTime changedAt, DealNames names)
    {
        var seen = Read(mine.Seen);
        var fields = new List<ConflictField>();
        foreach (var field in Fields)
        {
            var (now, typed) = (field.Text(theirs), field.Text(mine));
            var was = seen.GetValueOrDefault(field.Name) ?? typed;
            if (now == was || now == typed) continue;
            fields.Add(new(names.Label(field.Label), await names.Shown(field.Name, now), await names.Shown(field.Name, typed))
            {
                Name = field.Name,
                Was = await names.Shown(field.Name, was),
                Take = typed == was,
            });
        }

        return new(fields) { ChangedAt = changedAt };
    }

    private static Dictionary<string, string> Read(string? seen)
    {
        try
        {
            return string.IsNullOrEmpty(seen) ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(seen) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Id(long? id) => id?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Lines(DealForm form) =>
        string.Join('\n', form.Written.Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Quantity ?? 1} {line.ProductId} {line.UnitPrice?.Trim()}")));
}

/// <summary>Values of a deal's form as people read them.</summary>
internal sealed class DealNames(CrmDb db, IStringLocalizer L, LocalTime time, CancellationToken stop)
{
    public string Label(string key) => L[key];

    public async Task<string?> Shown(string field, string value)
    {
        if (value.Length == 0) return null;
        var id = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return field switch
        {
            nameof(DealForm.OwnerId) => await db.Members.Where(m => m.Id == id).Select(m => m.Name).FirstOrDefaultAsync(stop) ?? "?",
            nameof(DealForm.TeamId) => await db.Teams.Where(t => t.Id == id).Select(t => t.Name).FirstOrDefaultAsync(stop) ?? "?",
            nameof(DealForm.Category) when Enum.TryParse<ForecastCategory>(value, out var category) => L.Of(category),
            nameof(DealForm.CloseOn) when DateOnly.TryParse(value, CultureInfo.InvariantCulture, out var day) => time.Date(day),
            nameof(DealForm.Lines) => await Lines(value),
            _ => value,
        };
    }

    private async Task<string> Lines(string value)
    {
        var lines = value.Split('\n').Select(line => line.Split(' ', 3)).Where(parts => parts.Length == 3).ToList();
        var ids = lines.ConvertAll(parts => long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);
        var names = await DealProducts.Names(db, ids, stop);
        return string.Join(L[", "], lines.Select((parts, i) => $"{Digits.Shape(parts[0])} × {names.GetValueOrDefault(ids[i], "?")} ({Digits.Shape(parts[2])})"));
    }
}
