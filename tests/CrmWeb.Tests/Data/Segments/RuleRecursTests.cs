using System.Globalization;
using CrmWeb.Data;
using CrmWeb.Data.Segments;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data.Segments;

/// <summary>Days that come round: across the turn of the year, around the 29th of February, and where the tenant is.</summary>
public sealed class RuleRecursTests
{
    [Theory]
    [InlineData("2026-11-23", "this month", "1990-11-01 2001-11-30", "1990-10-31 1990-12-01")]
    [InlineData("2026-12-05", "next month", "1990-01-01 1990-01-31", "1990-12-31 1990-02-01")]
    [InlineData("2026-01-31", "last month", "1990-12-01 1990-12-31", "1990-01-01 1990-11-30")]
    [InlineData("2026-03-31", "next month", "1990-04-30 1990-04-01", "1990-03-31 1990-05-01")]
    [InlineData("2026-11-23", "march", "1990-03-01 2040-03-31", "1990-02-28 1990-04-01")]
    [InlineData("2026-11-23", "today", "1990-11-23", "1990-11-22 1990-11-24")]
    [InlineData("2026-12-20", "next 14d", "1990-12-20 1990-12-31 1990-01-03 2027-01-01", "1990-12-19 1990-01-04 1990-06-01")]
    [InlineData("2026-01-03", "last 1w", "1990-12-27 1990-01-03", "1990-12-26 1990-01-04")]
    [InlineData("2026-11-23", "next 12m", "1990-11-23 1990-11-22 1990-06-15", "")]
    [InlineData("2026-11-23", "next 366d", "1990-11-23 1990-11-22 1990-11-24", "")]
    // who was born on the 29th of February has the 28th in other years
    [InlineData("2026-02-28", "today", "2000-02-29 2001-02-28", "2000-02-27 2000-03-01")]
    [InlineData("2028-02-28", "today", "2001-02-28", "2000-02-29")]
    [InlineData("2028-02-29", "today", "2000-02-29", "2001-02-28 2000-03-01")]
    [InlineData("2026-03-01", "today", "2000-03-01", "2000-02-29")]
    [InlineData("2026-02-20", "next 8d", "2000-02-29 2000-02-20", "2000-03-01")]
    [InlineData("2026-02-20", "this month", "2000-02-29", "2000-03-01 2000-01-31")]
    [InlineData("2028-02-20", "next 8d", "2001-02-28", "2000-02-29")]
    [InlineData("2028-11-23", "february", "2000-02-29 2001-02-28", "2000-03-01")]
    public async Task Recurs_Date_WhateverTheYear(string today, string season, string inside, string outside)
    {
        var tenant = await Make.Tenant();
        await Make.Field(tenant, CustomFieldType.Date, "Birthday");
        var fields = await Make.FieldsOf(tenant);
        var rule = await Parse(tenant, $"custom.birthday recurs in {season}");
        foreach (var (day, isIn) in Days(inside, true).Concat(Days(outside, false)))
        {
            var id = await Make.Customer(tenant, day, d => (d with { CustomFields = fields }).With("birthday", [day]));
            Assert.Equal((day, isIn, isIn), (day, await Found(tenant, rule, id, $"{today}T12:00Z", TimeZoneInfo.Utc), await Judged(tenant, rule, id, $"{today}T12:00Z", TimeZoneInfo.Utc)));
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-11-23T12:00Z", "july", "2024-06-30T22:00Z 2019-07-31T21:59Z", "2024-06-30T21:59Z 2024-07-31T22:00Z")]
    [InlineData("Europe/Berlin", "2026-11-23T12:00Z", "december", "2023-11-30T23:00Z 2023-12-31T22:59Z", "2023-11-30T22:59Z 2023-12-31T23:00Z")]
    // the season begins in summer time and ends in winter time; the clocks went back on another day each year
    [InlineData("Europe/Berlin", "2026-10-20T12:00Z", "next 8d", "2025-10-19T22:00Z 2025-10-28T22:59Z 2020-10-28T22:59Z 2024-10-28T22:59Z", "2025-10-19T21:59Z 2025-10-28T23:00Z")]
    [InlineData("Asia/Tehran", "2026-12-28T12:00Z", "next 7d", "2025-12-27T20:30Z 2026-01-04T20:29Z 2020-01-04T20:29Z", "2025-12-27T20:29Z 2026-01-04T20:30Z")]
    [InlineData("Etc/UTC", "2026-02-28T12:00Z", "today", "2024-02-28T00:00Z 2024-02-29T23:59Z 2025-02-28T23:59Z", "2024-03-01T00:00Z 2025-03-01T00:00Z 2025-02-27T23:59Z")]
    [InlineData("Etc/UTC", "2028-02-29T12:00Z", "today", "2024-02-29T00:00Z", "2024-02-28T23:59Z 2025-02-28T00:00Z 2025-03-01T00:00Z")]
    [InlineData("Etc/UTC", "2026-02-28T12:00Z", "next 12m", "2024-02-28T00:00Z 2024-07-01T00:00Z", "")]
    public async Task R9_Recurs_Instant_WhereTheTenantIs(string zoneId, string now, string season, string inside, string outside)
    {
        var (tenant, zone) = (await Make.Tenant(), TimeZoneInfo.FindSystemTimeZoneById(zoneId));
        var (rule, turned) = (await Parse(tenant, $"lastInteraction recurs in {season}"), await Parse(tenant, $"not count(interactions where occurred recurs in {season}) > 0"));
        foreach (var (moment, isIn) in Days(inside, true).Concat(Days(outside, false)))
        {
            var id = await Make.Customer(tenant);
            await Make.Interaction(tenant, id, new InteractionDetails { OccurredAt = Utc(moment) });
            Assert.Equal((moment, isIn, isIn), (moment, await Found(tenant, rule, id, now, zone), await Judged(tenant, rule, id, now, zone)));
            Assert.Equal((moment, !isIn), (moment, await Found(tenant, turned, id, now, zone)));
        }
    }

    private static IEnumerable<(string, bool)> Days(string days, bool isIn) => days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(day => (day, isIn));

    private static Task<SegmentRule> Parse(TestTenant tenant, string text) => tenant.Use(async db =>
    {
        var custom = await db.LoadCustomFields(default);
        return SegmentRule.TryParse(text, await db.RuleWorld(RuleMentions.Of(text, custom), "EUR", custom, null, default), out var rule, out var error) ? rule : throw new FormatException(error.ToString());
    });

    private static Task<bool> Found(TestTenant tenant, SegmentRule rule, long id, string now, TimeZoneInfo zone) =>
        tenant.Use(db => db.Customers.Where(SegmentCompiler.Compile(rule, db.RuleSources(Utc(now), zone, "EUR", null, _ => db.Customers.Select(x => x.Id)))).AnyAsync(c => c.Id == id));

    private static Task<bool> Judged(TestTenant tenant, SegmentRule rule, long id, string now, TimeZoneInfo zone) => tenant.Use(async db =>
    {
        var sources = db.RuleSources(Utc(now), zone, "EUR", null, _ => db.Customers.Select(x => x.Id));
        return RuleEvaluation.Of(rule, (await db.RuleSubjects([id], rule.Uses, sources.MembersOf, default))[0], sources).IsTrue;
    });

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;
}
