using System.Text;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>Files of interactions: each row is one, and no row makes one twice.</summary>
public sealed class InteractionImportTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const string Head = "customer,date,channel,direction,subject,body,outcome,minutes,member\n";

    [Fact]
    public async Task Run_Rows_AreLoggedOnce_AndTakenBack()
    {
        var acme = await Make.Tenant(fixture.Host);
        var ann = await Make.Customer(acme, "Ann", c => c with { ExternalId = "1" });
        var rep = await Make.Member(acme, Role.Sales, "Rita Rep");
        var text = Head + "1,2024-01-05 10:30,call,in,Broken kettle,\"It leaks,\nbadly.\",no answer,12,Rita Rep\n1,2024-01-06,Email,,,Sent the manual,,,\n2,2024-01-07,visit,out,,,Resolved,,\n2,2024-01-07,visit,out,,,Resolved,,\n";
        var check = await acme.Do(await Make.ImportOf(acme, ImportOf.Interactions, Encoding.UTF8.GetBytes(text)), ImportCheck.JobKind);
        Assert.Equal((ImportState.Checked, 3L, 1L), (check.State, check.NewCount, check.SameCount));
        Assert.Equal(0, await acme.Use(db => db.Interactions.CountAsync()));

        var import = await acme.Do(check.Id, CustomerImport.JobKind);
        Assert.Equal((3L, 1L, 0L), (import.NewCount, import.SameCount, import.RefusedCount));
        var first = await acme.Use(db => db.Interactions.SingleAsync(i => i.Subject != null));
        Assert.Equal((ann, rep.Id, Channel.Call, Direction.Inbound, Outcome.NoAnswer, 12, "Broken kettle", "It leaks,\nbadly.", false),
            (first.CustomerId, first.MemberId, first.Channel, first.Direction, first.Outcome, first.Minutes, first.Subject, first.Body, first.IsPlanned));
        Assert.Equal(new DateTime(2024, 1, 5, 10, 30, 0, DateTimeKind.Utc), first.OccurredAt);
        Assert.Equal([(Channel.Email, acme.Admin.Id), (Channel.Visit, acme.Admin.Id)], (await acme.Use(db => db.Interactions.Where(i => i.Subject == null).OrderBy(i => i.OccurredAt).ToListAsync())).Select(i => (i.Channel, i.MemberId)));
        Assert.Equal(new DateTime(2024, 1, 6), (await acme.CustomerOf(ann)).LastInteractionAt!.Value.Date);
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));

        var again = await Run(acme, text);
        Assert.Equal((0L, 4L), (again.NewCount, again.SameCount));
        Assert.Equal(3, await acme.Use(db => db.Interactions.CountAsync()));

        await acme.Use(async db =>
        {
            var edited = await db.Interactions.SingleAsync(i => i.Channel == Channel.Email);
            edited.Change(new InteractionDetails { OccurredAt = edited.OccurredAt, Channel = Channel.Email, Subject = "Manual" }, fixture.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var reverted = await acme.Do(import.Id, ImportRevert.JobKind);
        Assert.Equal((ImportState.Reverted, new RevertResult(Removed: 2, Kept: 1, PutBack: 0, Edited: 0)), (reverted.State, RevertResult.Parse(reverted.Job!.Note)));
        Assert.Equal("Manual", (await acme.Use(db => db.Interactions.SingleAsync())).Subject);
        Assert.Equal(ann, (await acme.Use(db => db.Customers.SingleAsync())).Id);
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Run_RowsWithAnIdOfTheirOwn_ComeInOnce_WhateverBecameOfThem()
    {
        var acme = await Make.Tenant(fixture.Host);
        const string head = "activity id,customer,date,channel,subject\n";
        var text = head + "A-1,1,2024-01-05 10:30,call,Hello\nA-2,1,2024-01-05 10:30,call,Hello\nA-2,1,2024-01-05 10:30,call,Hello\n,1,2024-01-06 10:30,call,Bye\n";
        var check = await acme.Do(await Make.ImportOf(acme, ImportOf.Interactions, Encoding.UTF8.GetBytes(text)), ImportCheck.JobKind);
        Assert.Equal((3L, 1L), (check.NewCount, check.SameCount));
        var import = await acme.Do(check.Id, CustomerImport.JobKind);
        Assert.Equal((3L, 1L), (import.NewCount, import.SameCount));
        Assert.Equal(["A-1", "A-2", null], await acme.Use(db => db.Interactions.OrderBy(i => i.Id).Select(i => i.ExternalId).ToListAsync()));
        // one is edited, another put away: they are the same all the same
        await acme.Use(async db =>
        {
            var edited = await db.Interactions.SingleAsync(i => i.ExternalId == "A-1");
            edited.Change(new InteractionDetails { OccurredAt = edited.OccurredAt.AddHours(1), Subject = "Good day" }, fixture.Host.Clock.Now);
            (await db.Interactions.SingleAsync(i => i.ExternalId == "A-2")).Delete(fixture.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var again = await Run(acme, text);
        Assert.Equal((0L, 4L, 0L), (again.NewCount, again.SameCount, again.RefusedCount));
        // what came in without an id is known by what it says
        Assert.Equal((1L, 1L), await Run(acme, head + "A-3,1,2024-01-06 10:30,call,Bye\nA-4,1,2024-01-06 10:31,call,Bye\n") is var more ? (more.NewCount, more.SameCount) : default);
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Run_TwoFilesThatCountTheirRowsAlike_LoseNothing()
    {
        var acme = await Make.Tenant(fixture.Host);
        foreach (var (who, month) in new[] { ("a", 1), ("b", 2) })
            Assert.Equal(1, (await Run(acme, FormattableString.Invariant($"id,customer,date,subject\n1,{who},2024-0{month}-05 10:30,Hello\n"))).NewCount);
        Assert.Equal([null, null], await acme.Use(db => db.Interactions.Select(i => i.ExternalId).ToListAsync()));

        // where it is said that they are the ids, whoever has one already is not overlooked
        const string head = "record id,customer,date,subject\n";
        Assert.Equal(1, (await Run(acme, head + "1,a,2024-03-05 10:30,Hello\n")).NewCount);
        var taken = await Run(acme, head + "1,b,2024-04-05 10:30,Hello\n");
        Assert.Equal((0L, 1L), (taken.NewCount, taken.RefusedCount));
        Assert.StartsWith("externalId\ttaken", await acme.Use(db => db.ImportRows.Where(r => r.ImportId == taken.Id).Select(r => r.Reason!).SingleAsync()), StringComparison.Ordinal);
        // the same contact, which another customer has by now
        Assert.Equal((1L, 0L), await Run(acme, head + "1,b,2024-03-05 10:30,Hello\n") is var moved ? (moved.SameCount, moved.RefusedCount) : default);
    }

    [Fact]
    public async Task Run_WrongRows_AreRefusedWithTheirFields()
    {
        var acme = await Make.Tenant(fixture.Host);
        await Make.Customer(acme, "Ann", c => c with { ExternalId = "1" });
        var import = await Run(acme, Head + "1,never,,,,,,,\n,2024-01-05,,,,,,,\n1,2024-01-05,pigeon,,,,,,\n1,2024-01-05,,up,,,,,\n1,2024-01-05,,,,,maybe,,\n1,2024-01-05,,,,,,9999,\n1,2024-01-05,,,,,,,Nobody\n9,2024-01-05,,,,,,,\n1,2024-01-05,,,Fine,,,,\n", s => s with { MakeCustomers = false });
        Assert.Equal((1L, 8L), (import.NewCount, import.RefusedCount));
        Assert.Equal(["occurredAt no-date", "customer missing", "channel unknown-word", "direction unknown-word", "outcome unknown-word", "minutes no-minutes", "member unknown-member", "customer unknown-customer"],
            (await acme.Use(db => db.ImportRows.Where(r => r.ImportId == import.Id).OrderBy(r => r.Line).Select(r => r.Reason!).ToListAsync())).Select(reason => string.Join(' ', reason.Split('\t')[..2])));
        Assert.Equal(1, await acme.Use(db => db.Customers.CountAsync()));
    }

    [Fact]
    public async Task Check_SameRowsFarApart_SaysWhatTheRunDoes()
    {
        var acme = await Make.Tenant(fixture.Host);
        var rows = string.Concat(Enumerable.Range(0, 5_000).Select(i => FormattableString.Invariant($"c{i % 50},2024-01-05 10:{i % 60:00},call,,Subject {i % 4500},,,,\n")));
        var id = await Make.ImportOf(acme, ImportOf.Interactions, Encoding.UTF8.GetBytes(Head + rows));
        var check = await acme.Do(id, ImportCheck.JobKind);
        var import = await acme.Do(id, CustomerImport.JobKind);
        Assert.Equal((check.NewCount, check.SameCount), (import.NewCount, import.SameCount));
        Assert.Equal(import.NewCount, await acme.Use(db => db.Interactions.CountAsync()));
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));
    }

    [Fact]
    public async Task Run_DaysWithoutATime_ArePlannedFromTomorrowOn_AndComeInOnce()
    {
        await using var host = await CrmHost.Start();
        host.Clock.Now = new DateTime(2024, 1, 5, 8, 0, 0, DateTimeKind.Utc);
        var acme = await Make.Tenant(host);
        var text = Head + "1,2024-01-05,call,,Today,,,,\n1,2024-01-06,call,,Tomorrow,,,,\n1,2024-01-05 23:00,call,,Tonight,,,,\n";
        Assert.Equal(3, (await Run(acme, text)).NewCount);
        var logged = await acme.Use(db => db.Interactions.OrderBy(i => i.Id).ToListAsync());
        Assert.Equal([("Today", false), ("Tomorrow", true), ("Tonight", true)], logged.Select(i => (i.Subject!, i.IsPlanned)));
        Assert.Equal(host.Clock.Now, logged[0].OccurredAt);

        foreach (var hours in (int[])[1, 7, 24])
        {
            host.Clock.Advance(TimeSpan.FromHours(hours));
            var again = await Run(acme, text);
            Assert.Equal((0L, 3L), (again.NewCount, again.SameCount));
        }
    }

    private static async Task<Import> Run(TestTenant tenant, string text, Func<ImportSettings, ImportSettings>? with = null) =>
        await tenant.Do(await Make.ImportOf(tenant, ImportOf.Interactions, Encoding.UTF8.GetBytes(text), with), CustomerImport.JobKind);
}
