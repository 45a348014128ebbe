using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data.Segments;

/// <summary>R9: days of rules begin where the tenant is, also where the clocks change; months end where they end.</summary>
public sealed class RuleDayTests
{
    // on the 29th of March 2026 Berlin's clocks go from 2 to 3, on the 25th of October from 3 to 2
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T12:00Z", "occurred = today", "2026-03-28T23:00Z", "2026-03-29T22:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25T12:00Z", "occurred = today", "2026-10-24T22:00Z", "2026-10-25T23:00Z")]
    [InlineData("Europe/Berlin", "2026-03-30T00:30Z", "occurred = today-1d", "2026-03-28T23:00Z", "2026-03-29T22:00Z")]
    [InlineData("Europe/Berlin", "2026-11-20T23:30Z", "occurred = today", "2026-11-20T23:00Z", "2026-11-21T23:00Z")]
    [InlineData("Asia/Tehran", "2026-11-20T20:29Z", "occurred = today", "2026-11-19T20:30Z", "2026-11-20T20:30Z")]
    [InlineData("Asia/Tehran", "2026-11-20T20:31Z", "occurred = today-1w", "2026-11-13T20:30Z", "2026-11-14T20:30Z")]
    // Santiago skips midnight on the 6th of September 2026: the day begins at one
    [InlineData("America/Santiago", "2026-09-06T12:00Z", "occurred = today", "2026-09-06T04:00Z", "2026-09-07T03:00Z")]
    [InlineData("Etc/UTC", "2024-02-29T12:00Z", "occurred = today-1y", "2023-02-28T00:00Z", "2023-03-01T00:00Z")]
    [InlineData("Etc/UTC", "2026-03-31T12:00Z", "occurred = today-1m", "2026-02-28T00:00Z", "2026-03-01T00:00Z")]
    [InlineData("Etc/UTC", "2026-11-20T12:00Z", "occurred = 2026-11-20", "2026-11-20T00:00Z", "2026-11-21T00:00Z")]
    public async Task R9_Day_BeginsAndEndsWhereTheTenantIs(string zoneId, string now, string where, string start, string end)
    {
        var tenant = await Make.Tenant();
        var (zone, first, last) = (TimeZoneInfo.FindSystemTimeZoneById(zoneId), Utc(start), Utc(end));
        var moments = new[] { first.AddSeconds(-1), first, last.AddSeconds(-1), last };
        var ids = new List<long>();
        foreach (var at in moments)
        {
            ids.Add(await Make.Customer(tenant));
            await Make.Interaction(tenant, ids[^1], new InteractionDetails { OccurredAt = at });
        }

        foreach (var (text, expected) in new[]
        {
            ($"count(interactions where {where}) = 1", new[] { false, true, true, false }), (where.Replace("occurred =", "lastInteraction <", StringComparison.Ordinal), [true, false, false, false]),
            (where.Replace("occurred =", "lastInteraction <=", StringComparison.Ordinal), [true, true, true, false]), (where.Replace("occurred =", "lastInteraction >", StringComparison.Ordinal), [false, false, false, true]),
            (where.Replace("occurred =", "lastInteraction >=", StringComparison.Ordinal), [false, true, true, true]),
        })
        {
            var rule = SegmentRule.Stored(text, RuleWorld.Bare);
            var means = await tenant.Use(db => db.Customers.Where(SegmentCompiler.Compile(rule, db.RuleSources(Utc(now), zone, "EUR", null, _ => db.Customers.Select(x => x.Id)))).Select(c => c.Id).ToListAsync());
            var found = ids.ConvertAll(means.Contains);
            Assert.Equal(expected, found);
        }
    }

    [Theory]
    [InlineData("today-36500d", "1926-12-16")]
    [InlineData("today-36500y", "0001-01-01")]
    [InlineData("today+36500m", "5068-07-20")]
    [InlineData("today+36500y", "9999-12-31")]
    public void R9_FarDays_EndWithTheCalendar(string text, string day)
    {
        var rule = SegmentRule.Stored($"created < {text}", RuleWorld.Bare);
        var seen = RuleEvaluation.Of(rule, new RuleSubject(new Customer(new CustomerDetails { Name = "x" }, Utc($"{day}T00:00Z"))), new RuleMoment(new DateOnly(2026, 11, 20), at => RuleRows.StartOf(at, TimeZoneInfo.Utc), "EUR"));
        Assert.False(seen.IsTrue);
        Assert.Equal(day, CustomText.Day(((RuleValue.Day)seen.Seen[0]).Date));
    }

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}
