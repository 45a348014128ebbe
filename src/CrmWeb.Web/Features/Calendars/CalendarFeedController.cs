using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CrmWeb.Data;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Security;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace CrmWeb.Web.Features.Calendars;

/// <summary>
/// A member's calendar for a calendar program, which cannot sign in: the secret in the address stands for the member, sees what the member
/// sees, and nothing of it can be changed here. A wrong secret is answered like an address that does not exist.
/// </summary>
public sealed class CalendarFeedController(CrmDb db, CurrentMember me, IStringLocalizer L, Site site, Mentioning mentions) : Controller
{
    private const int MostEach = 2_000;
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(30);

    [HttpGet("/calendars/{slug}/{token}.ics")]
    [AllowAnonymous] // the address is the secret
    public async Task<IActionResult> Feed(string slug, string token, CancellationToken stop)
    {
        if (await db.PassOfCalendar(slug, Secret.Hash(token), stop) is not { } pass || !pass.Roles.Allow(Permissions.ReadCustomers)) return NotFound();
        db.Current.Enter(pass);
        me.Enter(pass);
        CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = Cultures.Of(pass.MemberLanguage ?? pass.TenantLanguage);

        var calendar = new ICalendar(L["{0} – {1}", pass.TenantName, pass.MemberName]);
        await Contacts(calendar, stop);
        await Tasks(calendar, stop);
        var body = Encoding.UTF8.GetBytes(calendar.End());
        Response.Headers.CacheControl = "private, no-cache";
        return File(body, "text/calendar; charset=utf-8", lastModified: null, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body))[..32]}\""));
    }

    private async Task Contacts(ICalendar calendar, CancellationToken stop)
    {
        var (id, from, to) = (me.Id, me.Now.AddDays(-30), me.Now.AddYears(1));
        var planned = await db.Interactions.Where(i => i.MemberId == id && i.IsPlanned && i.OccurredAt >= from && i.OccurredAt < to)
            .OrderBy(i => i.OccurredAt).Take(MostEach)
            .Select(i => new { i.Id, i.OccurredAt, i.Channel, i.Subject, i.Body, i.Minutes, i.CustomerId, Name = i.Customer!.Name, i.UpdatedAt, i.Version }).ToListAsync(stop);
        foreach (var i in planned)
        {
            var summary = $"{L.Of(i.Channel)}: {i.Name}{(string.IsNullOrEmpty(i.Subject) ? "" : " – " + i.Subject)}";
            var e = new ICalendarEvent($"interaction-{i.Id}@{me.Pass.Slug}.crmweb", i.UpdatedAt, i.Version, summary, await mentions.Show(i.Body, stop), Page($"customers/{i.CustomerId}"));
            calendar.At(e, i.OccurredAt, i.Minutes is > 0 and var minutes ? TimeSpan.FromMinutes(minutes) : Usual);
        }
    }

    private async Task Tasks(ICalendar calendar, CancellationToken stop)
    {
        var (id, from, to) = (me.Id, me.Today.AddDays(-365), me.Today.AddYears(1));
        var tasks = await db.Tasks.Where(t => t.OwnerId == id && t.DoneAt == null && t.DueOn >= from && t.DueOn < to)
            .OrderBy(t => t.DueOn).ThenBy(t => t.Id).Take(MostEach)
            .Select(t => new { t.Id, t.DueOn, t.Title, t.Note, Name = t.Customer!.Name, t.CreatedAt, t.Version }).ToListAsync(stop);
        foreach (var t in tasks)
        {
            // an event of the whole day, not a VTODO: the programs that subscribe to feeds leave those away
            var summary = $"{L["Task"]}: {t.Title}{(t.Name is null ? "" : $" ({t.Name})")}";
            calendar.AllDay(new ICalendarEvent($"task-{t.Id}@{me.Pass.Slug}.crmweb", t.CreatedAt, t.Version, summary, await mentions.Show(t.Note, stop), Page($"tasks/{t.Id}")), t.DueOn);
        }
    }

    private string Page(string path) => site.Url($"/t/{me.Pass.Slug}/{path}");
}
