using System.Globalization;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Deals;

/// <summary>A deal as lists and boards show it. The amounts are minor units, of its own currency and of the tenant's.</summary>
public sealed record DealRow(
    long Id, string Name, string NameNormal, long CustomerId, string CustomerName, long StageId, DateTime StageSince, DealState State, long? Amount, string Currency, long? BaseAmount,
    DateOnly? CloseOn, ForecastCategory? Category, string? OwnerName, string? TeamName, DateTime CreatedAt, DateTime? ClosedAt);

/// <param name="Sum">Of the amounts in minor units of the tenant's currency; null where there are more than are counted.</param>
public sealed record DealSum(CappedCount Count, long? Sum);

/// <summary>Orders and pages of deals, by key. What has no close date or no amount comes last in both directions.</summary>
public sealed class DealPages
{
    public const int Size = 50;
    private const int CountedUpTo = 10_000;
    private const string None = "-";
    public static readonly string[] Sorts = ["close", "-close", "name", "-name", "amount", "-amount", "created", "-created"];

    private readonly string by;
    private readonly bool descending;

    public DealPages(string? sort)
    {
        Sort = Sorts.Contains(sort, StringComparer.Ordinal) ? sort! : "close";
        (by, descending) = (Sort.TrimStart('-'), Sort[0] == '-');
    }

    /// <summary>The order that holds: an unknown one falls back to the close date.</summary>
    public string Sort { get; }

    public async Task<(List<DealRow> Rows, Pager Pager, DealSum Sum)> Page(IQueryable<Deal> deals, string? after, string? before, CancellationToken stop)
    {
        var counted = await deals.Select(d => new { d.BaseAmount }).Take(CountedUpTo + 1).GroupBy(_ => 1).Select(g => new { Count = g.Count(), Sum = g.Sum(d => d.BaseAmount ?? 0) }).FirstOrDefaultAsync(stop);
        var count = new CappedCount(Math.Min(counted?.Count ?? 0, CountedUpTo), counted?.Count > CountedUpTo);
        var back = after is null && before is not null;
        var from = Read(after ?? before);
        var rows = await Rows(Order(from is { } cursor ? Beyond(deals, cursor, back) : deals, back).Take(Size + 1)).ToListAsync(stop);

        var more = rows.Count > Size;
        if (more) rows.RemoveAt(Size);
        if (back) rows.Reverse();
        var (hasBefore, hasAfter) = (back ? more : from is not null, back || more);
        return (rows, new Pager(hasBefore && rows.Count > 0 ? Write(rows[0]) : null, hasAfter && rows.Count > 0 ? Write(rows[^1]) : null, rows.Count, count), new(count, count.Capped ? null : counted?.Sum ?? 0));
    }

    /// <summary>The deals that follow a cursor, in order; null when it is none.</summary>
    public IQueryable<Deal>? Following(IQueryable<Deal> deals, string? after)
    {
        if (string.IsNullOrEmpty(after)) return Order(deals, false);
        return Read(after) is { } cursor ? Order(Beyond(deals, cursor, false), false) : null;
    }

    public static IQueryable<DealRow> Rows(IQueryable<Deal> deals) => deals.Select(d => new DealRow(
        d.Id, d.Name, d.NameNormal, d.CustomerId, d.Customer!.Name, d.StageId, d.StageSince, d.State, d.Amount, d.Currency, d.BaseAmount,
        d.CloseOn, d.Category, d.Owner!.Name, d.Team!.Name, d.CreatedAt, d.ClosedAt));

    public IQueryable<Deal> Order(IQueryable<Deal> deals, bool back)
    {
        var up = descending == back;
        var ordered = (by, up) switch
        {
            ("name", true) => deals.OrderBy(d => d.NameNormal),
            ("name", false) => deals.OrderByDescending(d => d.NameNormal),
            ("created", true) => deals.OrderBy(d => d.CreatedAt),
            ("created", false) => deals.OrderByDescending(d => d.CreatedAt),
            ("amount", true) => Nulls(deals, back).ThenBy(d => d.BaseAmount),
            ("amount", false) => Nulls(deals, back).ThenByDescending(d => d.BaseAmount),
            (_, true) => Nulls(deals, back).ThenBy(d => d.CloseOn),
            _ => Nulls(deals, back).ThenByDescending(d => d.CloseOn),
        };
        return up ? ordered.ThenBy(d => d.Id) : ordered.ThenByDescending(d => d.Id);
    }

    private IOrderedQueryable<Deal> Nulls(IQueryable<Deal> deals, bool back) => (by, back) switch
    {
        ("amount", false) => deals.OrderBy(d => d.BaseAmount == null),
        ("amount", true) => deals.OrderByDescending(d => d.BaseAmount == null),
        (_, false) => deals.OrderBy(d => d.CloseOn == null),
        _ => deals.OrderByDescending(d => d.CloseOn == null),
    };

    private IQueryable<Deal> Beyond(IQueryable<Deal> deals, Cursor cursor, bool back)
    {
        var (key, id, up) = (cursor.Key, cursor.Id, descending == back);
        switch (by)
        {
            case "name":
                return up
                    ? deals.Where(d => string.Compare(d.NameNormal, key) > 0 || (d.NameNormal == key && d.Id > id))
                    : deals.Where(d => string.Compare(d.NameNormal, key) < 0 || (d.NameNormal == key && d.Id < id));
            case "created":
                var at = new DateTime(Number(key) ?? 0, DateTimeKind.Utc);
                return up ? deals.Where(d => d.CreatedAt > at || (d.CreatedAt == at && d.Id > id)) : deals.Where(d => d.CreatedAt < at || (d.CreatedAt == at && d.Id < id));
            case "amount":
                if (Number(key) is not { } amount) return AmongNulls(deals.Where(d => d.BaseAmount == null), id, up, back ? deals.Where(d => d.BaseAmount != null) : null);
                return up
                    ? deals.Where(d => d.BaseAmount > amount || (d.BaseAmount == amount && d.Id > id) || (!back && d.BaseAmount == null))
                    : deals.Where(d => d.BaseAmount < amount || (d.BaseAmount == amount && d.Id < id) || (!back && d.BaseAmount == null));
            default:
                if (Number(key) is not { } number) return AmongNulls(deals.Where(d => d.CloseOn == null), id, up, back ? deals.Where(d => d.CloseOn != null) : null);
                var day = DateOnly.FromDayNumber((int)number);
                return up
                    ? deals.Where(d => d.CloseOn > day || (d.CloseOn == day && d.Id > id) || (!back && d.CloseOn == null))
                    : deals.Where(d => d.CloseOn < day || (d.CloseOn == day && d.Id < id) || (!back && d.CloseOn == null));
        }
    }

    private static IQueryable<Deal> AmongNulls(IQueryable<Deal> nulls, long id, bool up, IQueryable<Deal>? others)
    {
        var rest = up ? nulls.Where(d => d.Id > id) : nulls.Where(d => d.Id < id);
        return others is null ? rest : rest.Concat(others);
    }

    public string Write(DealRow row) => Write(row.Id, row.NameNormal, row.CreatedAt, row.BaseAmount, row.CloseOn);

    public string Write(Deal deal) => Write(deal.Id, deal.NameNormal, deal.CreatedAt, deal.BaseAmount, deal.CloseOn);

    /// <summary>The cursor of a deal in the order by close date.</summary>
    public static string Write(long id, DateOnly? closeOn) => string.Create(CultureInfo.InvariantCulture, $"{id}.{closeOn?.DayNumber.ToString(CultureInfo.InvariantCulture) ?? None}");

    private string Write(long id, string name, DateTime created, long? amount, DateOnly? closeOn) => string.Create(CultureInfo.InvariantCulture, $"{id}.{by switch
    {
        "name" => name,
        "created" => created.Ticks.ToString(CultureInfo.InvariantCulture),
        "amount" => amount?.ToString(CultureInfo.InvariantCulture) ?? None,
        _ => closeOn?.DayNumber.ToString(CultureInfo.InvariantCulture) ?? None,
    }}");

    private Cursor? Read(string? text)
    {
        if (text?.Split('.', 2) is not [var id, var key] || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row)) return null;
        var fits = by switch
        {
            "name" => true,
            "created" => Number(key) is >= 0 and <= 3_155_378_975_999_999_999,
            "amount" => key == None || Number(key) is not null,
            _ => key == None || Number(key) is { } day && day <= DateOnly.MaxValue.DayNumber,
        };
        return fits ? new(row, key) : null;
    }

    private static long? Number(string key) => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private readonly record struct Cursor(long Id, string Key);
}
