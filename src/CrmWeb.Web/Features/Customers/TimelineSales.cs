using System.Runtime.CompilerServices;
using CrmWeb.Data;
using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>What orders, deals and cases put into the timeline of a customer.</summary>
public static class TimelineSales
{
    private static readonly CompiledQuery<Func<CrmDb, long, Task<Kinds>>> KindsOf = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id) => db.Customers.Where(c => c.Id == id)
            .Select(c => new Kinds(db.Orders.Any(o => o.CustomerId == id), db.Deals.Any(d => d.CustomerId == id), db.Cases.Any(x => x.CustomerId == id))).Single()));

    private static readonly CompiledQuery<Func<CrmDb, long, DateTime, long, IAsyncEnumerable<TimelineEntry>>> OrdersBefore = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, DateTime until, long last) => db.Orders
            .Where(o => o.CustomerId == id && o.PlacedAt <= until && (o.PlacedAt < until || o.Id < last))
            .OrderByDescending(o => o.PlacedAt).ThenByDescending(o => o.Id).Take(CustomerTimeline.PageSize + 1)
            .Select(o => new TimelineEntry(EntryKind.Order, o.Id, o.PlacedAt, o.ExternalId ?? "", null, null, o.Total, o.Currency, (int)o.State))));

    private static readonly CompiledQuery<Func<CrmDb, long, DateTime, long, IAsyncEnumerable<TimelineEntry>>> DealsBefore = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, DateTime until, long last) => db.Deals
            .Where(d => d.CustomerId == id && d.CreatedAt <= until && (d.CreatedAt < until || d.Id < last))
            .OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Take(CustomerTimeline.PageSize + 1)
            .Select(d => new TimelineEntry(EntryKind.Deal, d.Id, d.CreatedAt, d.Name, null, null, d.Amount, d.Currency, 0))));

    private static readonly CompiledQuery<Func<CrmDb, long, DateTime, long, IAsyncEnumerable<TimelineEntry>>> ClosedBefore = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, DateTime until, long last) => db.Deals
            .Where(d => d.CustomerId == id && d.ClosedAt != null && d.ClosedAt <= until && (d.ClosedAt < until || d.Id < last))
            .OrderByDescending(d => d.ClosedAt).ThenByDescending(d => d.Id).Take(CustomerTimeline.PageSize + 1)
            .Select(d => new TimelineEntry(EntryKind.DealClosed, d.Id, d.ClosedAt!.Value, d.Name, null, null, d.Amount, d.Currency, (int)d.State))));

    private static readonly CompiledQuery<Func<CrmDb, long, DateTime, long, IAsyncEnumerable<TimelineEntry>>> CasesBefore = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, DateTime until, long last) => db.Cases
            .Where(x => x.CustomerId == id && x.OpenedAt <= until && (x.OpenedAt < until || x.Id < last))
            .OrderByDescending(x => x.OpenedAt).ThenByDescending(x => x.Id).Take(CustomerTimeline.PageSize + 1)
            .Select(x => new TimelineEntry(EntryKind.Case, x.Id, x.OpenedAt, x.Subject, null, null, null, null, (int)x.State))));

    /// <param name="kind">As <see cref="CustomerTimeline.Read"/> has it.</param>
    /// <param name="from">Up to which instant, and below which id in that instant, a source goes on.</param>
    public static async IAsyncEnumerable<TimelineEntry> Read(
        CrmDb db, long id, string? kind, Func<EntryKind, (DateTime Until, long Last)> from, [EnumeratorCancellation] CancellationToken stop = default)
    {
        if (kind is not (null or CustomerTimeline.Orders or CustomerTimeline.Deals or CustomerTimeline.Cases)) yield break;
        // one short question for those who have none, instead of four
        var kinds = await KindsOf.For(db)(db, id);
        if (kinds.Orders && kind is null or CustomerTimeline.Orders)
            await foreach (var entry in Before(OrdersBefore, EntryKind.Order).WithCancellation(stop)) yield return entry;
        if (kinds.Deals && kind is null or CustomerTimeline.Deals)
        {
            await foreach (var entry in Before(DealsBefore, EntryKind.Deal).WithCancellation(stop)) yield return entry;
            await foreach (var entry in Before(ClosedBefore, EntryKind.DealClosed).WithCancellation(stop)) yield return entry;
        }

        if (kinds.Cases && kind is null or CustomerTimeline.Cases)
            await foreach (var entry in Before(CasesBefore, EntryKind.Case).WithCancellation(stop)) yield return entry;

        IAsyncEnumerable<TimelineEntry> Before(CompiledQuery<Func<CrmDb, long, DateTime, long, IAsyncEnumerable<TimelineEntry>>> source, EntryKind of)
        {
            var (until, last) = from(of);
            return source.For(db)(db, id, until, last);
        }
    }

    public static (string Title, string State, string Icon, Tone Tone, string Href) Tell(IStringLocalizer L, TimelineEntry entry) => entry.Kind switch
    {
        EntryKind.Order => (L["Order {0}", entry.Text.Length > 0 ? entry.Text : Digits.Shape($"#{entry.Id}")], L.Of((OrderState)entry.State), "shopping-cart",
            SalesWords.ToneOf((OrderState)entry.State), $"~/orders/{entry.Id}"),
        EntryKind.Deal => (entry.Text, L["Deal opened"], "target-arrow", Tone.Accent, $"~/deals/{entry.Id}"),
        EntryKind.DealClosed => (entry.Text, entry.State == (int)DealState.Won ? L["Deal won"] : L["Deal lost"], "target-arrow",
            SalesWords.ToneOf((DealState)entry.State), $"~/deals/{entry.Id}"),
        _ => (entry.Text, L["Case: {0}", L.Of((CaseState)entry.State)], "headset", SalesWords.ToneOf((CaseState)entry.State), $"~/cases/{entry.Id}"),
    };

    private sealed record Kinds(bool Orders, bool Deals, bool Cases);
}
