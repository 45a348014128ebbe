using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

/// <summary>What the list shows of a deal.</summary>
internal sealed class DealColumns(IStringLocalizer L, LocalTime time, DealStages stages, CurrentMember me)
{
    public static Columns Of(IStringLocalizer L, string sort) => new(
    [
        new("name", L["Deal"], Sortable: true),
        new("customer", L["Customer"]),
        new("stage", L["Stage"]),
        new("amount", L["Amount"], Sortable: true, ColumnKind.Number),
        new("close", L["Close date"], Sortable: true, ColumnKind.Date),
        new("owner", L["Owner"]),
        new("state", L["State"]),
        new("team", L["Team"], Shown: false),
        new("category", L["Forecast as"], Shown: false),
        new("probability", L["Probability"], Kind: ColumnKind.Number, Shown: false),
        new("weighted", L["Weighted"], Kind: ColumnKind.Number, Shown: false),
        new("created", L["Created"], Sortable: true, ColumnKind.Date, Shown: false),
        new("closed", L["Decided on"], Kind: ColumnKind.Date, Shown: false),
    ], sort);

    public IReadOnlyList<ListRow> Rows(IEnumerable<DealRow> deals, Columns columns, string root)
    {
        string[] shown = [.. columns.Shown.Select(column => column.Key)];
        return [.. deals.Select(deal => new ListRow($"{root}{deal.Id}", Array.ConvertAll(shown, key => CellOf(deal, key))) { Muted = deal.State == DealState.Lost })];
    }

    private Cell CellOf(DealRow deal, string column)
    {
        var stage = stages.Of(deal.StageId);
        return column switch
        {
            "name" => Cell.Of(deal.Name),
            "customer" => Cell.Of(deal.CustomerName),
            "stage" => Cell.Of(stages.NameOf(deal.StageId)),
            "amount" => Cell.Of(deal.Amount is { } amount ? Digits.Money(amount, deal.Currency) : null, ltr: true),
            "close" => Cell.Of(deal.CloseOn is { } day ? time.Date(day) : null),
            "owner" => Cell.Of(deal.OwnerName),
            "state" => Cell.Of(deal.State == DealState.Open && stage.IsRotten(deal.StageSince, me.Now) ? new Badge(L["Rotten"], Tone.Warn) : L.BadgeOf(deal.State)),
            "team" => Cell.Of(deal.TeamName),
            "category" => Cell.Of(L.Of(deal.Category ?? stage.Category)),
            "probability" => Cell.Of(deal.State == DealState.Open ? $"{Digits.Number(stage.Probability)}%" : null, ltr: true),
            "weighted" => Cell.Of(deal is { State: DealState.Open, BaseAmount: { } worth } ? Digits.Money(worth * stage.Probability / 100, me.Pass.Currency) : null, ltr: true),
            "created" => Cell.Of(deal.CreatedAt),
            _ => Cell.Of(deal.ClosedAt),
        };
    }
}
