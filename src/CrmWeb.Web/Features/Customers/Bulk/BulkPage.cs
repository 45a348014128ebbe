using CrmWeb.Data;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers.Bulk;

/// <summary>A customer that was left as it is; the name where the member sees it.</summary>
public sealed record BulkLeft(long Id, long CustomerId, string? Name, BulkReason Reason, bool OfUndo);

/// <summary>What the page of a bulk edit shows.</summary>
/// <param name="Preview">Before it is run; null afterwards, or when its address is not understood.</param>
public sealed record BulkPage(BulkEdit Edit, BulkWhat What, ChangeNames Names, BulkPreview? Preview, IReadOnlyList<BulkLeft> Left)
{
    private const int Shown = 50;

    public static async Task<BulkPage> Read(CrmDb db, BulkEdit edit, BulkWhat what, BulkPreview? preview, IStringLocalizer L, LocalTime time, CancellationToken stop)
    {
        IEnumerable<Change> shown = preview is null ? [] : preview.Samples.SelectMany(sample => sample.Changes);
        var names = await ChangeNames.Of(db, [.. shown, .. BulkWords.Mentions(what)], L, time, stop);
        return new(edit, what, names, preview, edit.IsBusy() || edit.State == BulkState.Draft ? new List<BulkLeft>() : await LeftOf(db, edit.Id, 0, Shown, stop));
    }

    /// <summary>A page of those left alone, in the order they were come to.</summary>
    public static async Task<List<BulkLeft>> LeftOf(CrmDb db, long editId, long after, int count, CancellationToken stop)
    {
        var rows = await db.BulkEditRows.AsNoTracking().Where(r => r.BulkEditId == editId && r.Id > after).OrderBy(r => r.Id).Take(count).ToListAsync(stop);
        List<long> ids = [.. rows.Select(r => r.CustomerId).Distinct()];
        var names = await db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, stop);
        return rows.ConvertAll(r => new BulkLeft(r.Id, r.CustomerId, names.GetValueOrDefault(r.CustomerId), r.Reason, r.OfUndo));
    }
}
