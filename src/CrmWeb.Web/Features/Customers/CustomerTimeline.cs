using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Where an entry of the timeline comes from. Entries of one instant stand in this order.</summary>
public enum EntryKind
{
    Event = 0,
    Task = 1,
    Interaction = 2,
    Order = 3,
    Deal = 4,
    DealClosed = 5,
    Case = 6,
}

/// <summary>One entry: an interaction, a task that was done, an order, deal or case, or a change of the customer itself.</summary>
/// <param name="Amount">Minor units of <paramref name="Currency"/>.</param>
/// <param name="State">Of an order, deal or case, as its number.</param>
public sealed record TimelineEntry(
    EntryKind Kind, long Id, DateTime At, string Text = "", string? By = null, InteractionRow? Interaction = null, long? Amount = null, string? Currency = null, int State = 0)
{
    public string Cursor => string.Create(CultureInfo.InvariantCulture, $"{At.Ticks}-{(int)Kind}-{Id}");
}

/// <summary>A page of what happened with a customer, newest first. Each source is read by its own key, and merged here.</summary>
public sealed record CustomerTimeline(long CustomerId, string? Kind, IReadOnlyList<TimelineEntry> Entries, string? Older, bool Continued)
{
    public const int PageSize = 30;
    public const string Tasks = "task";
    public const string Changes = "change";
    public const string Orders = "order";
    public const string Deals = "deal";
    public const string Cases = "case";

    // Without a cursor a source begins after everything: one shape of query for the first page and all that follow.
    private static readonly CompiledQuery<Func<CrmDb, long, Channel?, DateTime, long, IAsyncEnumerable<InteractionRow>>> InteractionsBefore = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, Channel? channel, DateTime until, long last) => db.Interactions.AsSingleQuery()
            .Where(i => i.CustomerId == id && !i.IsPlanned && (channel == null || i.Channel == channel) && i.OccurredAt <= until && (i.OccurredAt < until || i.Id < last))
            .OrderByDescending(i => i.OccurredAt).ThenByDescending(i => i.Id).Take(PageSize + 1).Select(InteractionRow.OfCustomer)));

    private static readonly CompiledQuery<Func<CrmDb, long, DateTime, long, IAsyncEnumerable<TimelineEntry>>> TasksBefore = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, DateTime until, long last) => db.Tasks
            .Where(t => t.CustomerId == id && t.DoneAt != null && t.DoneAt <= until && (t.DoneAt < until || t.Id < last))
            .OrderByDescending(t => t.DoneAt).ThenByDescending(t => t.Id).Take(PageSize + 1)
            .Select(t => new TimelineEntry(EntryKind.Task, t.Id, t.DoneAt!.Value, t.Title, t.Owner!.Name, null, null, null, 0))));

    // an interaction has an event too, and stands in the timeline already
    private static readonly CompiledQuery<Func<CrmDb, long, DateTime, long, IAsyncEnumerable<TimelineEntry>>> EventsBefore = new(() =>
        EF.CompileAsyncQuery((CrmDb db, long id, DateTime until, long last) => db.CustomerEvents
            .Where(e => e.CustomerId == id && !e.HasOwnEntry && e.OccurredAt <= until && (e.OccurredAt < until || e.Id < last))
            .OrderByDescending(e => e.OccurredAt).ThenByDescending(e => e.Id).Take(PageSize + 1)
            .Select(e => new TimelineEntry(EntryKind.Event, e.Id, e.OccurredAt, e.Kind, db.Members.Where(m => m.Id == e.MemberId).Select(m => m.Name).FirstOrDefault(), null, null, null, 0))));

    public IEnumerable<string?> Bodies => Entries.Select(entry => entry.Interaction?.Body);

    /// <param name="kind">A channel, one of the constants, or null for everything.</param>
    /// <param name="older">The cursor of the last entry seen; null begins at the newest.</param>
    public static async Task<CustomerTimeline> Read(CrmDb db, long id, string? kind, string? older, CancellationToken stop)
    {
        var cursor = Key.Parse(older);
        var from = cursor ?? Key.Newest;
        Channel? channel = Enum.TryParse<Channel>(kind, ignoreCase: true, out var one) && Enum.IsDefined(one) && !char.IsAsciiDigit(kind![0]) ? one : null;
        if (channel is null && kind is not (Tasks or Changes or Orders or Deals or Cases)) kind = null;

        var entries = new List<TimelineEntry>();
        if (kind is null || channel is not null)
        {
            var (until, last) = from.For(EntryKind.Interaction);
            await foreach (var i in InteractionsBefore.For(db)(db, id, channel, until, last).WithCancellation(stop))
                entries.Add(new TimelineEntry(EntryKind.Interaction, i.Id, i.OccurredAt, Interaction: i));
        }

        if (kind is null or Tasks)
        {
            var (until, last) = from.For(EntryKind.Task);
            await foreach (var task in TasksBefore.For(db)(db, id, until, last).WithCancellation(stop)) entries.Add(task);
        }

        if (kind is null or Changes)
        {
            var (until, last) = from.For(EntryKind.Event);
            await foreach (var change in EventsBefore.For(db)(db, id, until, last).WithCancellation(stop)) entries.Add(change);
        }

        await foreach (var entry in TimelineSales.Read(db, id, kind, from.For).WithCancellation(stop)) entries.Add(entry);
        List<TimelineEntry> page = [.. entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Kind).ThenByDescending(e => e.Id).Take(PageSize)];
        return new(id, kind, page, entries.Count > PageSize ? page[^1].Cursor : null, cursor is not null);
    }

    private sealed record Key(DateTime At, EntryKind Kind, long Id)
    {
        /// <summary>Before every entry there can be.</summary>
        public static readonly Key Newest = new(new DateTime(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc), EntryKind.Case, long.MaxValue);

        public static Key? Parse(string? text)
        {
            if (text?.Split('-') is not [var ticks, var kind, var id]) return null;
            return long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks
                && int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out var k) && Enum.IsDefined((EntryKind)k)
                && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
                ? new(new DateTime(at, DateTimeKind.Utc), (EntryKind)k, row)
                : null;
        }

        /// <summary>Up to which instant, and below which id in that instant, a source goes on.</summary>
        public (DateTime Until, long Last) For(EntryKind source) => source == Kind ? (At, Id) : source < Kind ? (At, long.MaxValue) : (At, long.MinValue);
    }
}
