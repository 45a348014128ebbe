using System.Globalization;
using System.Net;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Calendars;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Features.Calendars;

public sealed class CalendarPageTests
{
    [Fact]
    public void R9_Span_HasWholeWeeksAroundItsDay_AndPagesMeet() => Prop.ForAll(
        (from day in Gen.Choose(CalendarSpan.Earliest.DayNumber, CalendarSpan.Latest.DayNumber)
         from view in Gen.Elements(CalendarView.Month, CalendarView.Week, CalendarView.Day)
         from jalali in Gen.Elements(true, false)
         select (Day: DateOnly.FromDayNumber(day), view, jalali)).ToArbitrary(),
        c =>
        {
            var span = CalendarSpan.Of(c.view, c.Day, c.jalali);
            var before = CalendarSpan.Of(c.view, span.Before, c.jalali);
            var begins = c.jalali ? DayOfWeek.Saturday : DayOfWeek.Monday;
            return span.Has(c.Day) && span.First <= span.Start && span.First.AddDays(span.Days) >= span.End
                && (c.view == CalendarView.Day || (span.Days % 7 == 0 && span.First.DayOfWeek == begins))
                && (c.Day.Year is 1900 or 2199 || before.End == span.Start);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Span_OfAJalaliMonth_IsThatMonth()
    {
        var span = CalendarSpan.Of(CalendarView.Month, new(2026, 11, 23), jalali: true);
        var persian = new PersianCalendar();
        Assert.Equal((1405, 9, 1), (persian.GetYear(At(span.Start)), persian.GetMonth(At(span.Start)), persian.GetDayOfMonth(At(span.Start))));
        Assert.Equal(10, persian.GetMonth(At(span.End)));

        static DateTime At(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);
    }

    [Fact]
    public async Task Calendar_Anybody_SeesOwnThingsOnTheirDay()
    {
        var tenant = await Make.Tenant();
        var viewer = await Make.Member(tenant, Role.Viewer);
        var customer = await Make.Customer(tenant, "Aria");
        await Make.Task(tenant, tenant.Admin, "TASK", new(2026, 11, 12));
        await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = new(2026, 11, 13, 10, 0, 0, DateTimeKind.Utc), Subject = "CALL" });
        await Make.Interaction(tenant, customer, new InteractionDetails { OccurredAt = new(2026, 12, 20, 10, 0, 0, DateTimeKind.Utc), Subject = "FAR" });
        var admin = await tenant.Admin.Browser();
        foreach (var view in new[] { "month", "week" })
        {
            var text = (await admin.Get($"/calendar?view={view}&date=2026-11-12")).Text;
            Assert.Contains("TASK", text, StringComparison.Ordinal);
            Assert.Contains("CALL", text, StringComparison.Ordinal);
            Assert.DoesNotContain("FAR", text, StringComparison.Ordinal);
        }

        Assert.Contains("TASK", (await admin.Get("/calendar?view=day&date=2026-11-12")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("CALL", (await admin.Get("/calendar?view=day&date=2026-11-12")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("TASK", (await (await viewer.Browser()).Get("/calendar?date=2026-11-12")).Text, StringComparison.Ordinal);
        foreach (var odd in new[] { "date=rubbish", "date=0001-01-01", "date=9999-12-31", "view=99" })
            Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/calendar?{odd}")).Status);
    }

    [Fact]
    public async Task Calendar_FullMonth_AsksTheSameNumberOfCommands()
    {
        var (host, sql) = await SqlCount.Host();
        var tenant = await Make.Tenant(host);
        var admin = await tenant.Admin.Browser();
        await admin.Get("/calendar"); // the first visit also notes the session
        var few = await sql.Of(() => admin.Get("/calendar"));
        var customer = await Make.Customer(tenant);
        for (var i = 0; i < 30; i++)
        {
            await Make.Task(tenant, tenant.Admin, customerId: customer);
            await Make.Interaction(tenant, customer);
        }

        var many = await sql.Of(() => admin.Get("/calendar"));
        Assert.Equal(few, many);
        Assert.InRange(many, 1, 5);
    }
}
