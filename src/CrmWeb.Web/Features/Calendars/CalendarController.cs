using System.Globalization;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Web.Features.Calendars;

/// <summary>The member's contacts, past and planned, and tasks, by day.</summary>
public sealed class CalendarController : TenantController
{
    private const int Most = 500;

    [HttpGet("calendar")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Show(CalendarView view, DateOnly? date, CancellationToken stop)
    {
        var span = CalendarSpan.Of(view, date ?? Me.Today, Languages.IsPersian(CultureInfo.CurrentUICulture));
        var (contacts, tasks) = (await Contacts(span, stop), await Tasks(span, stop));
        var entries = contacts.Concat(tasks).OrderBy(e => e.At is null ? 0 : 1).ThenBy(e => e.At).ThenBy(e => e.Id).ToLookup(e => e.Day);
        return View("Calendar", new CalendarPage(span, Me.Today, entries, contacts.Count == Most || tasks.Count == Most));
    }

    private async Task<List<CalendarEntry>> Contacts(CalendarSpan span, CancellationToken stop)
    {
        var (id, now) = (Me.Id, Me.Now);
        var (from, to) = (Midnight(span.First), Midnight(span.First.AddDays(span.Days)));
        bool[] either = [true, false];
        // both values named, so that the index (member, planned, when) serves the range
        var rows = await Db.Interactions.Where(i => i.MemberId == id && either.Contains(i.IsPlanned) && i.OccurredAt >= from && i.OccurredAt < to)
            .OrderBy(i => i.OccurredAt).Take(Most)
            .Select(i => new { i.Id, i.OccurredAt, i.Channel, i.Subject, i.CustomerId, i.Customer!.Name, i.IsPlanned }).ToListAsync(stop);
        return [.. rows.Select(i => new CalendarEntry(
            i.Id, DateOnly.FromDateTime(Me.ToLocal(i.OccurredAt)), i.OccurredAt, i.Channel, i.Subject, i.CustomerId, i.Name, i.IsPlanned, i.IsPlanned && i.OccurredAt < now))];
    }

    private async Task<List<CalendarEntry>> Tasks(CalendarSpan span, CancellationToken stop)
    {
        var (id, today, from, to) = (Me.Id, Me.Today, span.First, span.First.AddDays(span.Days));
        var rows = await Db.Tasks.Where(t => t.OwnerId == id && t.DueOn >= from && t.DueOn < to)
            .OrderBy(t => t.DueOn).ThenBy(t => t.Id).Take(Most)
            .Select(t => new { t.Id, t.DueOn, t.Title, t.CustomerId, t.Customer!.Name, t.DoneAt }).ToListAsync(stop);
        return [.. rows.Select(t => new CalendarEntry(t.Id, t.DueOn, null, null, t.Title, t.CustomerId, t.Name, t.DoneAt is null, t.DoneAt is null && t.DueOn < today))];
    }

    private DateTime Midnight(DateOnly day) => Me.ToUtc(day.ToDateTime(TimeOnly.MinValue));
}
