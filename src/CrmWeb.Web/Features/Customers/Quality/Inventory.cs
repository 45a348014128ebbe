using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Quality;

/// <param name="Quality">By the last count; null before the first.</param>
/// <param name="Views">Saved views that filter by the field or show it.</param>
public sealed record InventoryRow(string Key, string Label, DataFieldDetails Details, string? Owner, FieldQuality? Quality, int Views)
{
    public bool NeverFilled => Quality is { Total: > 0, Filled: 0 };

    /// <summary>Somebody answers for it, and it is written down what it is for.</summary>
    public bool IsComplete => Details is { OwnerId: not null, Purpose: not null, Source: not null, PermittedUse: not null };
}

/// <summary>Every field the reader sees, with what is written down about it and what it is like.</summary>
public sealed record Inventory(IReadOnlyList<InventoryRow> Rows, string? Gap, CustomFieldSet Custom)
{
    public const string NoPurpose = "no-purpose";
    public const string NoOwner = "no-owner";
    public const string Unused = "unused";
    public const string NotInViews = "not-in-views";

    private const int MostViews = 2_000;

    // always filled; there is nothing to count of them
    private static readonly string[] AlwaysThere = ["kind", "stage"];

    public IEnumerable<InventoryRow> Shown => Rows.Where(row => Gap switch
    {
        NoPurpose => row.Details.Purpose is null,
        NoOwner => row.Details.OwnerId is null,
        Unused => row.NeverFilled,
        NotInViews => row.Views == 0,
        _ => true,
    });

    public static IEnumerable<string> Keys(CustomFieldSet custom) => [.. AlwaysThere, .. QualityAsk.Fields, .. custom.All.Select(field => field.Name)];

    public static async Task<Inventory> Read(CrmDb db, CustomFieldSet custom, string? gap, IStringLocalizer L, CancellationToken stop)
    {
        var entries = await db.DataFields.AsNoTracking().Select(f => new { Entry = f, f.Owner!.Name }).ToDictionaryAsync(f => f.Entry.Field, StringComparer.Ordinal, stop);
        var quality = (await QualityPage.ReadFields(db, custom, stop)).ToDictionary(field => field.Key, StringComparer.Ordinal);
        var used = await Used(db, stop);
        return new([.. Keys(custom).Select(key =>
        {
            var entry = entries.GetValueOrDefault(key);
            return new InventoryRow(key, custom.Named(key)?.Label ?? CustomerColumns.Title(L, key), entry?.Entry.Details ?? new DataFieldDetails(), entry?.Name, quality.GetValueOrDefault(key), used.GetValueOrDefault(key));
        })], gap, custom);
    }

    private static async Task<Dictionary<string, int>> Used(CrmDb db, CancellationToken stop)
    {
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var query in await db.SavedViews.OrderByDescending(v => v.Id).Take(MostViews).Select(v => v.Query).ToListAsync(stop))
        {
            var parameters = QueryHelpers.ParseQuery(query);
            var shown = parameters.TryGetValue(Columns.Parameter, out var columns) ? columns.ToString().Split(',') : [];
            foreach (var key in parameters.Keys.Select(CustomerFilter.Stem).Concat(shown).Distinct(StringComparer.Ordinal)) used[key] = used.GetValueOrDefault(key) + 1;
        }

        return used;
    }
}
