using System.Net;
using System.Text;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Calendars;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Calendars;

public sealed class CalendarFeedTests
{
    [Fact]
    public async Task Feed_PlannedContactsAndOpenTasks_ParseStrictly()
    {
        var tenant = await Make.Tenant();
        var (now, customer) = (tenant.Host.Clock.Now, await Make.Customer(tenant, "آریا; Aria, \\ Co"));
        var at = new DateTime(now.Year, now.Month, now.Day, 10, 30, 0, DateTimeKind.Utc).AddDays(3);
        var planned = await Make.Interaction(tenant, customer, new InteractionDetails
        {
            OccurredAt = at, IsPlanned = true, Channel = Channel.Meeting, Subject = string.Concat(Enumerable.Repeat("گفتگو 👩‍👩‍👧 ", 12)).Trim(), Body = "one\ntwo;", Minutes = 45,
        });
        await Make.Interaction(tenant, customer);
        var task = await Make.Task(tenant, tenant.Admin, "Send it", DateOnly.FromDateTime(now).AddDays(1));
        await Make.Task(tenant, await Make.Member(tenant, Role.Sales), "NOT-MINE");

        var address = await TurnOn(tenant);
        var page = await Visitor.Anonymous(tenant.Host).Get("~" + address);
        Assert.Equal("text/calendar", page.Response.Content.Headers.ContentType?.MediaType);
        var events = StrictCalendar.Parse(await page.Response.Content.ReadAsByteArrayAsync());

        Assert.Equal(2, events.Count);
        var meeting = events.Single(e => e["UID"].StartsWith($"interaction-{planned}@", StringComparison.Ordinal));
        Assert.Equal($"{at:yyyyMMdd'T'HHmmss'Z'}", meeting["DTSTART"]);
        Assert.Equal($"{at.AddMinutes(45):yyyyMMdd'T'HHmmss'Z'}", meeting["DTEND"]);
        Assert.StartsWith("Meeting: آریا; Aria, \\ Co – گفتگو", StrictCalendar.Text(meeting["SUMMARY"]), StringComparison.Ordinal);
        Assert.Equal("one\ntwo;", StrictCalendar.Text(meeting["DESCRIPTION"]));
        var todo = events.Single(e => e["UID"].StartsWith($"task-{task}@", StringComparison.Ordinal));
        Assert.Equal($"{DateOnly.FromDateTime(now).AddDays(1):yyyyMMdd}", todo["DTSTART;VALUE=DATE"]);

        var again = await Visitor.Anonymous(tenant.Host).Get("~" + address);
        Assert.Equal(page.Response.Headers.ETag, again.Response.Headers.ETag);
        Assert.Equal(page.Body, again.Body);
    }

    [Fact]
    public async Task Feed_WrongOldForeignOrStoppedToken_IsMissing()
    {
        var (tenant, other) = (await Make.Tenant(), await Make.Tenant());
        var anonymous = Visitor.Anonymous(tenant.Host);
        var first = await TurnOn(tenant);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.Get("~" + first)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.Get("~" + first.Replace(tenant.Slug, other.Slug, StringComparison.Ordinal))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.Get($"~/calendars/{tenant.Slug}/{new string('a', 43)}.ics")).Status);

        var second = await TurnOn(tenant);
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.Get("~" + first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await anonymous.Get("~" + second)).Status);
        await (await tenant.Admin.Browser()).Post("/calendar/feed/off");
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.Get("~" + second)).Status);

        var third = await TurnOn(tenant);
        await tenant.Use(async db =>
        {
            (await db.Members.SingleAsync(m => m.Id == tenant.Admin.Id)).Deactivate(tenant.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.Get("~" + third)).Status);
    }

    [Fact]
    public async Task Feed_CustomerThatTheMemberNoLongerSees_IsLeftOut()
    {
        var tenant = await Make.Tenant();
        var sales = await Make.Member(tenant, Role.Sales);
        var customer = await Make.Customer(tenant, "MARK-UNSEEN", c => c with { OwnerId = tenant.Admin.Id });
        await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = tenant.Host.Clock.Now.AddDays(1), IsPlanned = true }, sales);
        await Make.Task(tenant, sales, "Own task", customerId: customer);
        var body = (await Visitor.Anonymous(tenant.Host).Get("~" + await TurnOn(tenant, sales))).Body;
        Assert.Contains("Own task", body, StringComparison.Ordinal);
        Assert.DoesNotContain("MARK-UNSEEN", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_IsShownOnceAndKeptAsHashOnly()
    {
        var tenant = await Make.Tenant();
        var admin = await tenant.Admin.Browser();
        await admin.Post("/calendar/feed");
        var address = (await admin.Get("/calendar/feed")).Find("code")!.TextContent;
        Assert.Null((await admin.Get("/calendar/feed")).Find("code"));
        var kept = await tenant.Use(async db => (await db.Members.SingleAsync(m => m.Id == tenant.Admin.Id)).CalendarTokenHash!);
        Assert.DoesNotContain(kept, address, StringComparison.Ordinal);
        Assert.Equal(64, kept.Length);
    }

    [Fact]
    public void T18_AnyText_StaysOneValueAndComesBack() => Prop.ForAll(Texts.Encodable, text =>
    {
        var calendar = new ICalendar("x");
        calendar.AllDay(new ICalendarEvent("1@x", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), 0, "S" + text, text, "https://x.example/"), new(2026, 1, 2));
        var found = Assert.Single(StrictCalendar.Parse(Encoding.UTF8.GetBytes(calendar.End())));
        var expected = new string([.. ("S" + text).ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))]);
        return StrictCalendar.Text(found["SUMMARY"]) == expected;
    }).QuickCheckThrowOnFailure();

    private static async Task<string> TurnOn(TestTenant tenant, TestMember? member = null)
    {
        var browser = await (member ?? tenant.Admin).Browser();
        await browser.Post("/calendar/feed");
        return new Uri((await browser.Get("/calendar/feed")).Find("code")!.TextContent).AbsolutePath;
    }

    /// <summary>Reads as RFC 5545 says and nothing more lenient.</summary>
    private static class StrictCalendar
    {
        public static List<Dictionary<string, string>> Parse(byte[] octets)
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(octets);
            Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
            var physical = text[..^2].Split("\r\n");
            Assert.All(physical, line =>
            {
                Assert.InRange(Encoding.UTF8.GetByteCount(line), 1, 75);
                Assert.DoesNotContain('\n', line);
                Assert.DoesNotContain('\r', line);
                Assert.Equal(line, new UTF8Encoding(false, true).GetString(Encoding.UTF8.GetBytes(line)));
            });
            var lines = string.Join("\r\n", physical).Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
            Assert.Equal("BEGIN:VCALENDAR", lines[0]);
            Assert.Equal("END:VCALENDAR", lines[^1]);
            Assert.Contains("VERSION:2.0", lines);
            Assert.Contains(lines, line => line.StartsWith("PRODID:", StringComparison.Ordinal));

            var events = new List<Dictionary<string, string>>();
            Dictionary<string, string>? open = null;
            foreach (var line in lines[1..^1])
            {
                if (line == "BEGIN:VEVENT") open = open is null ? [] : throw new FormatException("An event in an event.");
                else if (line == "END:VEVENT")
                {
                    Assert.All(new[] { "UID", "DTSTAMP", "SUMMARY" }, name => Assert.Contains(name, open!.Keys));
                    Assert.Matches(@"^\d{8}T\d{6}Z$", open!["DTSTAMP"]);
                    events.Add(open);
                    open = null;
                }
                else if (open is not null)
                {
                    var colon = line.IndexOf(':', StringComparison.Ordinal);
                    open.Add(line[..colon], line[(colon + 1)..]);
                }
            }

            Assert.Null(open);
            return events;
        }

        public static string Text(string value)
        {
            var text = new StringBuilder();
            for (var i = 0; i < value.Length; i++)
            {
                if (value[i] is ';' or ',') throw new FormatException("A separator that is not escaped.");
                if (value[i] != '\\') text.Append(value[i]);
                else text.Append(value[++i] switch { 'n' => '\n', '\\' or ';' or ',' => value[i], _ => throw new FormatException("An unknown escape.") });
            }

            return text.ToString();
        }
    }
}
