using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Audit;

public sealed record RecycleBinPage(RecycleBin Bin, IReadOnlyList<FilterField> Fields, IReadOnlyList<Filter> Filters, Columns Columns);

/// <summary>What was put away, and the way back for it.</summary>
[Authorize(Permissions.RestoreRecords)]
public sealed class RecycleBinController(IStringLocalizer L) : TenantController
{
    private const int MostAtOnce = 200;
    private const int Attempts = 5;
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    [HttpGet("recycle-bin")]
    public async Task<IActionResult> Index(string? kind, string? after, CancellationToken stop)
    {
        FilterField[] fields = [new("member", L["Put away by"], FilterKind.Choice, await Db.EveryMember(stop)), new("at", L["When"], FilterKind.Date)];
        var filters = Filters.Read(Request.Query, fields).Where(f => f is { Field.Key: "at" } or { Operator: "any" }).ToList();
        var by = filters.Where(f => f.Field.Key == "member").SelectMany(f => f.Values).Select(value => ChangeText.Id(value) ?? 0).ToList();
        var (from, to) = filters.Find(f => f.Field.Key == "at") is { } at ? Days.Of(at, Me) : (null, null);
        var of = RecycleBin.KindOf(kind) is { } asked && MayRestore(asked) ? asked : RecordKind.Customer;
        var bin = await RecycleBin.Read(Db, of, by, from, to, after, stop);
        return View("RecycleBin", new RecycleBinPage(bin, fields, filters, Columns(bin.Kind)));
    }

    /// <summary>Brings the chosen ones back; those that are back already, or not the member's to see, are passed over.</summary>
    [HttpPost("recycle-bin/restore")]
    public async Task<IActionResult> Restore(string? kind, List<long> ids, CancellationToken stop)
    {
        if (RecycleBin.KindOf(kind) is not { } of || !MayRestore(of)) return NotFound();
        var chosen = ids.Distinct().Take(MostAtOnce).ToList();
        var (back, inTheWay) = (0, (string?)null);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                (back, inTheWay) = of == RecordKind.Segment ? await Segments(chosen, stop) : (await Bring(of, chosen, stop), null);
                break;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // somebody brought one of them back in the same moment
                Db.ChangeTracker.Clear();
            }
        }

        if (inTheWay is not null) return this.ToldOff(back == 0 ? inTheWay : L["{0} are back. {1}", back, inTheWay], Request.Back($"/recycle-bin?kind={RecycleBin.Word(of)}"));
        if (back == 0) return NotFound();
        return this.Done(back == 1 ? L["One record is back"] : L["{0} records are back", back], Request.Back($"/recycle-bin?kind={RecycleBin.Word(of)}"));
    }

    private bool MayRestore(RecordKind kind) => kind != RecordKind.Segment || Me.May(Permissions.EditSegments);

    private async Task<int> Bring(RecordKind kind, List<long> ids, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        var back = kind switch
        {
            RecordKind.Customer => await Customers(ids, stop),
            RecordKind.Attachment => await Each(Db.Attachments, ids, a => a.Restore(), stop),
            RecordKind.Case => await Each(Db.Cases, ids, c => c.Restore(), stop),
            RecordKind.Interaction => await Each(Db.Interactions, ids, i => i.Restore(), stop),
            RecordKind.SavedView => await Views(ids, stop),
            RecordKind.Product => await Each(Db.Products, ids, p => p.Restore(), stop),
            RecordKind.Order => await Each(Db.Orders, ids, o => o.Restore(), stop),
            RecordKind.Deal => await Deals(ids, stop),
            _ => await Each(Db.Tasks, ids, t => t.Restore(), stop),
        };
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return back;
    }

    private Task<int> Customers(List<long> ids, CancellationToken stop) => Each(Db.Customers.Where(c => c.MergedIntoId == null), ids, customer =>
    {
        customer.Restore();
        customer.Events.Add(new CustomerEvent(CustomerEvent.Restored, Me.Id, Me.Now));
    }, stop);

    // into a stage that is there
    private async Task<int> Deals(List<long> ids, CancellationToken stop)
    {
        var (found, back) = (await Db.Deals.IgnoreQueryFilters(Away).Include(d => d.Stays.Where(s => s.LeftAt == null)).Where(d => d.DeletedAt != null && ids.Contains(d.Id)).ToListAsync(stop), 0);
        foreach (var deal in found) back += await Db.BringBack(deal, Me.Now, stop) ? 1 : 0;
        return back;
    }

    // each by itself: what the rule of one needs may be another one, or gone
    private async Task<(int Back, string? InTheWay)> Segments(List<long> ids, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        var (left, obstacle, back) = (await Db.Segments.IgnoreQueryFilters(Away).Include(s => s.Uses).Where(s => s.DeletedAt != null && ids.Contains(s.Id)).OrderBy(s => s.Id).ToListAsync(stop), (SegmentInTheWay?)null, 0);
        for (var before = -1; left.Count > 0 && before != back;)
        {
            before = back;
            foreach (var segment in left.ToList())
            {
                if (await Db.BringBack(segment, stop) is { } why)
                {
                    obstacle = why;
                    continue;
                }

                left.Remove(segment);
                back++;
            }
        }

        await transaction.CommitAsync(stop);
        return (back, left.Count == 0 ? null : L.Of(obstacle!));
    }

    // the frame and the lists of every member ask anew
    private async Task<int> Views(List<long> ids, CancellationToken stop)
    {
        await Db.ViewsChange(stop);
        return await Each(RecycleBin.Views(Db), ids, view => view.Restore(), stop);
    }

    private static async Task<int> Each<T>(IQueryable<T> rows, List<long> ids, Action<T> restore, CancellationToken stop) where T : TenantOwned, IDeletable
    {
        var found = await rows.IgnoreQueryFilters(Away).Where(row => row.DeletedAt != null && ids.Contains(row.Id)).ToListAsync(stop);
        found.ForEach(restore);
        return found.Count;
    }

    private Columns Columns(RecordKind kind) => kind is RecordKind.Customer or RecordKind.SavedView or RecordKind.Product or RecordKind.Segment
        ? new([new("name", L["Name"]), new("by", L["Put away by"]), new("at", L["When"], Kind: ColumnKind.Date)])
        : new([new("name", kind switch { RecordKind.Task => L["To do"], RecordKind.Attachment => L["File"], RecordKind.Order => L["Order"], RecordKind.Deal => L["Deal"], _ => L["Subject"] }), new("customer", L["Customer"]), new("by", L["Put away by"]), new("at", L["When"], Kind: ColumnKind.Date)]);
}
