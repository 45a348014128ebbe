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
}

/// <summary>One entry: an interaction, a task that was done, or a change of the customer itself.</summary>
public sealed record TimelineEntry(EntryKind Kind, long Id, DateTime At, string Text = "", string? By = null, InteractionRow? Interaction = null)
{
    public string Cursor => string.Create(CultureInfo.InvariantCulture, $"{At.Ticks}-{(int)Kind}-{Id}");
}

/// <summary>A page of what happened with a customer, newest first. Three sources, each read by its own key, merged here.</summary>
public sealed record CustomerTimeline(long CustomerId, string? Kind, IReadOnlyList<TimelineEntry> Entries, string? Older, bool Continued)
{
    public const int PageSize = 30;
    public const string Tasks = "task";
    public const string Changes = "change";

    /// <param name="kind">A channel, <see cref="Tasks"/>, <see cref="Changes"/>, or null for everything.</param>
    /// <param name="older">The cursor of the last entry seen; null begins at the newest.</param>
    public static async Task<CustomerTimeline> Read(CrmDb db, long id, string? kind, string? older, CancellationToken stop)
    {
        var from = Key.Parse(older);
        Channel? channel = Enum.TryParse<Channel>(kind, ignoreCase: true, out var one) && Enum.IsDefined(one) && !char.IsAsciiDigit(kind![0]) ? one : null;
        if (channel is null && kind is not (Tasks or Changes)) kind = null;

        var entries = new List<TimelineEntry>();
        if (kind is null || channel is not null) entries.AddRange(await Interactions(db, id, channel, from, stop));
        if (kind is null or Tasks) entries.AddRange(await DoneTasks(db, id, from, stop));
        if (kind is null or Changes) entries.AddRange(await Events(db, id, from, stop));

        List<TimelineEntry> page = [.. entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Kind).ThenByDescending(e => e.Id).Take(PageSize)];
        return new(id, kind, page, entries.Count > PageSize ? page[^1].Cursor : null, from is not null);
    }

    private static async Task<IEnumerable<TimelineEntry>> Interactions(CrmDb db, long id, Channel? channel, Key? from, CancellationToken stop)
    {
        var rows = db.Interactions.Where(i => i.CustomerId == id && !i.IsPlanned);
        if (channel is { } only) rows = rows.Where(i => i.Channel == only);
        if (from is not null)
        {
            var (until, last) = from.For(EntryKind.Interaction);
            rows = rows.Where(i => i.OccurredAt <= until && (i.OccurredAt < until || i.Id < last));
        }

        var found = await rows.OrderByDescending(i => i.OccurredAt).ThenByDescending(i => i.Id).Take(PageSize + 1).Select(InteractionRow.OfCustomer).ToListAsync(stop);
        return found.Select(i => new TimelineEntry(EntryKind.Interaction, i.Id, i.OccurredAt, Interaction: i));
    }

    private static async Task<IEnumerable<TimelineEntry>> DoneTasks(CrmDb db, long id, Key? from, CancellationToken stop)
    {
        var rows = db.Tasks.Where(t => t.CustomerId == id && t.DoneAt != null);
        if (from is not null)
        {
            var (until, last) = from.For(EntryKind.Task);
            rows = rows.Where(t => t.DoneAt <= until && (t.DoneAt < until || t.Id < last));
        }

        var found = await rows.OrderByDescending(t => t.DoneAt).ThenByDescending(t => t.Id).Take(PageSize + 1)
            .Select(t => new { t.Id, At = t.DoneAt!.Value, t.Title, By = t.Owner!.Name }).ToListAsync(stop);
        return found.Select(t => new TimelineEntry(EntryKind.Task, t.Id, t.At, t.Title, t.By));
    }

    // an interaction has an event too, and stands in the timeline already
    private static async Task<IEnumerable<TimelineEntry>> Events(CrmDb db, long id, Key? from, CancellationToken stop)
    {
        var rows = db.CustomerEvents.Where(e => e.CustomerId == id && e.Kind != CustomerEvent.InteractionLogged && e.Kind != CustomerEvent.InteractionPlanned);
        if (from is not null)
        {
            var (until, last) = from.For(EntryKind.Event);
            rows = rows.Where(e => e.OccurredAt <= until && (e.OccurredAt < until || e.Id < last));
        }

        var found = await rows.OrderByDescending(e => e.OccurredAt).ThenByDescending(e => e.Id).Take(PageSize + 1)
            .Select(e => new { e.Id, e.OccurredAt, e.Kind, By = db.Members.Where(m => m.Id == e.MemberId).Select(m => m.Name).FirstOrDefault() }).ToListAsync(stop);
        return found.Select(e => new TimelineEntry(EntryKind.Event, e.Id, e.OccurredAt, e.Kind, e.By));
    }

    private sealed record Key(DateTime At, EntryKind Kind, long Id)
    {
        public static Key? Parse(string? text)
        {
            if (text?.Split('-') is not [var ticks, var kind, var id]) return null;
            return long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTime.MaxValue.Ticks
                && int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out var k) && k is >= 0 and <= 2
                && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var row)
                ? new(new DateTime(at, DateTimeKind.Utc), (EntryKind)k, row)
                : null;
        }

        /// <summary>Up to which instant, and below which id in that instant, a source goes on.</summary>
        public (DateTime Until, long Last) For(EntryKind source) => source == Kind ? (At, Id) : source < Kind ? (At, long.MaxValue) : (At, long.MinValue);
    }
}
