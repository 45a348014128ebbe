using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals;

/// <summary>A deal as its card shows it.</summary>
public sealed record DealCard(
    long Id, long StageId, string Name, string CustomerName, long? Amount, string Currency, long? BaseAmount, string? OwnerName, DateOnly? CloseOn, DateTime StageSince);

/// <param name="Next">The cursor of what follows; null when that is all.</param>
public sealed record BoardCards(StageShown Stage, IReadOnlyList<DealCard> Cards, string? Next);

/// <param name="Sum">Minor units of the tenant's currency.</param>
public sealed record BoardColumn(BoardCards First, int Count, long Sum)
{
    public StageShown Stage => First.Stage;
}

/// <summary>The open deals of a pipeline by stage: two questions to the database, however many deals and stages there are.</summary>
public sealed record Board(DealStages Stages, PipelineShown? Pipeline, IReadOnlyList<BoardColumn> Columns)
{
    /// <summary>Cards of a column before one asks for more.</summary>
    public const int Cards = 25;

    public required DealFilter Filter { get; init; }
    public required IReadOnlyList<FilterField> Fields { get; init; }

    private static readonly DealPages Order = new("close");

    /// <param name="deals">Open ones, of any pipeline.</param>
    public static async Task<Board> Read(CrmDb db, IQueryable<Deal> deals, DealStages stages, PipelineShown? pipeline, CancellationToken stop)
    {
        var empty = new Board(stages, pipeline, []) { Filter = new DealFilter([], null), Fields = [] };
        if (pipeline is null) return empty;
        var id = pipeline.Id;
        var here = deals.Where(d => d.PipelineId == id);
        var sums = await here.GroupBy(d => d.StageId).Select(g => new { g.Key, Count = g.Count(), Sum = g.Sum(d => d.BaseAmount ?? 0) }).ToDictionaryAsync(g => g.Key, stop);
        var cards = await Cut(db.Stages.Where(s => s.PipelineId == id).SelectMany(s => here.Where(d => d.StageId == s.Id)
            .OrderBy(d => d.CloseOn == null).ThenBy(d => d.CloseOn).ThenBy(d => d.Id).Take(Cards))).ToListAsync(stop);
        var byStage = cards.ToLookup(card => card.StageId);
        return empty with
        {
            Columns = [.. stages.In(id).Select(stage =>
            {
                // the engines need not keep the order within a column
                DealCard[] first = [.. byStage[stage.Id].OrderBy(card => card.CloseOn is null).ThenBy(card => card.CloseOn).ThenBy(card => card.Id)];
                var sum = sums.GetValueOrDefault(stage.Id);
                return new BoardColumn(new(stage, first, first.Length < (sum?.Count ?? 0) ? CursorOf(first[^1]) : null), sum?.Count ?? 0, sum?.Sum ?? 0);
            })],
        };
    }

    /// <summary>Null when the cursor is none.</summary>
    public static async Task<BoardCards?> Column(IQueryable<Deal> deals, StageShown stage, string? after, CancellationToken stop)
    {
        var id = stage.Id;
        if (Order.Following(deals.Where(d => d.StageId == id), after) is not { } following) return null;
        var cards = await Cut(following.Take(Cards + 1)).ToListAsync(stop);
        var more = cards.Count > Cards;
        if (more) cards.RemoveAt(Cards);
        return new(stage, cards, more ? CursorOf(cards[^1]) : null);
    }

    private static string CursorOf(DealCard card) => DealPages.Write(card.Id, card.CloseOn);

    private static IQueryable<DealCard> Cut(IQueryable<Deal> deals) =>
        deals.Select(d => new DealCard(d.Id, d.StageId, d.Name, d.Customer!.Name, d.Amount, d.Currency, d.BaseAmount, d.Owner!.Name, d.CloseOn, d.StageSince));
}
