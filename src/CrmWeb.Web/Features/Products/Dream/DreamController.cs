using System.Globalization;
using System.Linq.Expressions;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Features.Shared.Csv;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Products.Dream;

/// <summary>Which products came into the dream sector or left it, and why.</summary>
[Authorize(Permissions.ReadSales)]
public sealed class DreamController(IStringLocalizer L) : TenantController
{
    private static readonly IReadOnlyList<KeyOrder<ProductMove>> Orders = [KeyOrder<ProductMove>.By("at", m => m.At)];
    private static readonly string[] Exported = ["product", "code", "move", "at", "score", "reasons"];

    [HttpGet("products/dream-sector")]
    public async Task<IActionResult> Moves(string? sort, string? after, string? before, CancellationToken stop)
    {
        var fields = Fields();
        var filters = await Filters.Read(Request.Query, fields).Named(Db, L, stop);
        var pages = new KeyPages<ProductMove>(Orders, sort, "-at");
        var (rows, pager) = await pages.Page(Of(filters), All, DreamMove.Of, row => row.Id, after, before, stop);
        var columns = new Columns([new("product", L["Product"]), new("move", L["Move"]), new("at", L["When"], Sortable: true, ColumnKind.Date), new("score", L["Score"], Kind: ColumnKind.Number), new("why", L["Why"])], pages.Sort);
        var counts = await Db.ProductStandings.Where(s => s.Product!.DeletedAt == null).GroupBy(_ => 1).Select(all => new { In = all.Count(s => s.IsIn), All = all.Count(), At = all.Max(s => s.At) }).SingleOrDefaultAsync(stop);
        return View("Moves", new DreamPage(await Db.DreamSector(Me, stop), counts?.In ?? 0, counts?.All ?? 0, counts?.At, fields, filters, rows, pager, columns));
    }

    [HttpGet("products/dream-sector.csv")]
    [Authorize(Permissions.ExportCustomers)]
    public async Task<IActionResult> Export(string? sort, CancellationToken stop)
    {
        var (sees, money) = (Me.SeesAll, Me.Pass.Currency);
        var rows = new KeyPages<ProductMove>(Orders, sort, "-at").Order(Of(Filters.Read(Request.Query, Fields()))).Select(DreamMove.Of).AsAsyncEnumerable();
        return await this.Csv("dream-sector.csv", Exported, rows, m =>
            [m.Product, m.Code, m.Entered ? "entered" : "left", CsvAnswers.Instant(m.At), sees && m.Score is { } score ? (score / 10m).ToString("0.#", CultureInfo.InvariantCulture) : null, sees ? m.Reasons : null], stop);
    }

    private IReadOnlyList<FilterField> Fields() =>
    [
        new("move", L["Move"], FilterKind.Choice, [new(L["Entered"], "entered"), new(L["Left"], "left")]),
        new("at", L["When"], FilterKind.Date),
        new("product", L["Product"], FilterKind.Picker, Url: Url.Content("~/products/find")),
    ];

    // a product that was put away since is still told of
    private IQueryable<ProductMove> All => Db.ProductMoves.IgnoreQueryFilters([TenantScoping.DeletedFilter]).AsNoTracking();

    private IQueryable<ProductMove> Of(IReadOnlyList<Filter> filters) => filters.Aggregate(All, (moves, filter) => filter.Field.Key switch
    {
        "move" => moves.ByChoice(filter, m => (bool?)m.Entered, word => word switch { "entered" => true, "left" => false, _ => null }),
        "at" => moves.ByTenantDay(filter, m => (DateTime?)m.At, Me),
        _ => moves.ByIds(m => m.ProductId, filter),
    });
}

/// <summary>A move as its list shows it.</summary>
public sealed record DreamMove(long Id, long ProductId, string Product, string Code, bool IsAway, bool Entered, DateTime At, int? Score, string Reasons)
{
    public static readonly Expression<Func<ProductMove, DreamMove>> Of = m => new(m.Id, m.ProductId, m.Product!.Name, m.Product.Code, m.Product.DeletedAt != null, m.Entered, m.At, m.Score, m.Reasons);
}

/// <param name="Sector">Null while nobody said what it is.</param>
/// <param name="In">Products that are in it now, of <paramref name="All"/> that were judged.</param>
public sealed record DreamPage(DreamSector? Sector, int In, int All, DateTime? At, IReadOnlyList<FilterField> Fields, IReadOnlyList<Filter> Filters, IReadOnlyList<DreamMove> Rows, Pager Pager, Columns Columns);
