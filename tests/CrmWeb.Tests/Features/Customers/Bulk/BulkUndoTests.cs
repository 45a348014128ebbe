using System.Collections.Immutable;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers.Bulk;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers.Bulk;

/// <summary>What a bulk edit did is taken back by what the history says; what somebody changed since stays.</summary>
public sealed class BulkUndoTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 24)];

    [Fact]
    public async Task Undo_OfAStage_PutsBackSinceWhenItWas()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var (made, moved) = (await Make.Customer(acme, "Made so"), await Make.Customer(acme, "Moved"));
        var before = await Since(made);
        acme.Host.Clock.Advance(TimeSpan.FromDays(3));
        await acme.Do(await Make.BulkEdit(acme, new BulkWhat(BulkAct.Set, "stage") { Values = ["loyal"] }, [moved]));
        var since = await Since(moved);
        acme.Host.Clock.Advance(TimeSpan.FromDays(3));
        var id = await Make.BulkEdit(acme, new BulkWhat(BulkAct.Set, "stage") { Values = ["churned"] }, [made, moved]);
        await acme.Do(id);
        Assert.NotEqual(since, await Since(moved));
        acme.Host.Clock.Advance(TimeSpan.FromDays(3));
        await acme.Do(id, undo: true);
        Assert.Equal((before, since), (await Since(made), await Since(moved)));

        Task<DateTime> Since(long customer) => acme.Use(db => db.Customers.Where(c => c.Id == customer).Select(c => c.StageChangedAt).SingleAsync());
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Undo_AfterAnyBulkEdit_GivesBackTheSameRows(int seed)
    {
        var acme = await Make.Tenant();
        var random = new Random(seed);
        var (text, choices) = (await Make.Field(acme, CustomFieldType.Text, "Text"), await Make.Field(acme, CustomFieldType.Choices, "Choices", null, "One", "Two", "Three"));
        var unique = await Make.Field(acme, CustomFieldType.Number, "Unique", f => f with { Unique = true });
        var member = await Make.Member(acme, Role.Sales);
        var organisation = await Make.Customer(acme, "Firm", d => d with { Kind = CustomerKind.Organisation });
        var options = choices.Options.ConvertAll(option => CustomText.Id(option.Id));
        var fields = await Make.FieldsOf(acme);
        string? Any(params string[] words) => words[random.Next(words.Length)] is { Length: > 0 } word ? word : null;
        var ids = new List<long> { organisation };
        for (var i = 0; i < 15; i++)
        {
            var id = await Make.Customer(acme, $"Old {i}", d => d with
            {
                City = Any("", "Bonn", "Köln"),
                Stage = (LifecycleStage)random.Next(6),
                OwnerId = random.Next(2) == 0 ? member.Id : null,
                OrganisationId = random.Next(3) == 0 ? organisation : null,
                PreferredChannel = random.Next(2) == 0 ? Channel.Call : null,
                Country = Any("", "DE"),
                CustomFields = fields,
                Custom = CustomerDetails.NoCustom.SetItems(new[] { KeyValuePair.Create(choices.Key, options.Where(_ => random.Next(2) == 0).ToImmutableArray()), KeyValuePair.Create(text.Key, Any("", "a", "b") is { } said ? [said] : ImmutableArray<string>.Empty) }
                    .Where(pair => !pair.Value.IsEmpty)),
            });
            ids.Add(id);
            if (random.Next(2) == 0) await Make.Interaction(acme, id, new InteractionDetails { OccurredAt = acme.Host.Clock.Now.AddDays(-random.Next(9)) });
            await acme.Use(async db =>
            {
                var customer = await db.Customers.Include(c => c.Tags).SingleAsync(c => c.Id == id);
                if (Any("", "a", "b") is { } tag) await CrmWeb.Web.Features.Customers.CustomerTagging.Put(db, customer, [tag], default);
                return await db.SaveChangesAsync();
            });
        }

        BulkWhat[] all =
        [
            new(BulkAct.Set, "stage") { Values = ["loyal"] }, new(BulkAct.Set, "city") { Values = ["Bonn"] }, new(BulkAct.Set, "city"), new(BulkAct.Set, "website") { Values = ["firm.example"] }, new(BulkAct.Set, "description") { Values = ["said\nso"] }, new(BulkAct.Replace, "city") { From = "köln", Values = ["Cologne"] },
            new(BulkAct.Set, "ownerId") { Values = [CustomText.Id(acme.Admin.Id)] }, new(BulkAct.Set, "organisationId") { Values = [CustomText.Id(organisation)] }, new(BulkAct.Set, "preferredChannel") { Values = ["visit"] },
            new(BulkAct.Set, text.Name) { Values = ["b"] }, new(BulkAct.Replace, text.Name) { From = "a", Values = ["c"] }, new(BulkAct.Set, text.Name), new(BulkAct.Add, choices.Name) { Values = [options[1]] },
            new(BulkAct.Remove, choices.Name) { Values = [options[0]] }, new(BulkAct.Set, choices.Name) { Values = [options[2]] }, new(BulkAct.Set, unique.Name) { Values = ["7"] },
            new(BulkAct.Add, BulkWhat.Tags) { Values = ["A"] }, new(BulkAct.Remove, BulkWhat.Tags) { Values = ["a"] }, new(BulkAct.Replace, BulkWhat.Tags) { From = "a", Values = ["b"] }, new(BulkAct.Replace, BulkWhat.Tags) { From = "b", Values = ["new"] },
            new(BulkAct.Archive), new(BulkAct.Log) { Contact = new() { OccurredAt = acme.Host.Clock.Now, Subject = "Mailing" } },
        ];
        var what = all[seed % all.Length];
        var before = await Rows(acme);
        var id_ = await Make.BulkEdit(acme, what, seed % 2 == 0 ? ids.Where(_ => random.Next(4) > 0).ToList() : null);
        var edit = await acme.Do(id_);
        Assert.Equal(BulkState.Done, edit.State);
        Assert.Equal(edit.ChangedCount > 0, before != await Rows(acme));
        edit = await acme.Do(id_, undo: true);
        Assert.Equal((BulkState.Undone, 0), (edit.State, edit.KeptCount));
        Assert.Equal(before, await Rows(acme));
        Assert.Equal(0, await acme.Use(db => Make.WrongFacts(db)));
        Assert.Equal(0, await acme.Use(db => db.RebuildSearch(default)));
    }

    [Fact]
    public async Task Undo_WhereSomebodyChangedItSince_KeepsTheirValue()
    {
        var acme = await Make.Tenant();
        var (one, other) = (await Make.Customer(acme, "One", d => d with { City = "Bonn" }), await Make.Customer(acme, "Other", d => d with { City = "Bonn" }));
        var id = await Make.BulkEdit(acme, new(BulkAct.Set, "city") { Values = ["Berlin"] }, [one, other]);
        await acme.Do(id);
        await acme.Use(async db =>
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == other);
            customer.Change(CustomerDetails.Of(customer) with { City = "Rome" }, acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var edit = await acme.Do(id, undo: true);
        Assert.Equal((1, 1), (edit.UndoneCount, edit.KeptCount));
        Assert.Equal(["Bonn", "Rome"], await acme.Use(db => db.Customers.OrderBy(c => c.Id).Select(c => c.City).ToListAsync()));
        var left = await acme.Use(db => db.BulkEditRows.SingleAsync());
        Assert.Equal((other, BulkReason.Edited), (left.CustomerId, left.Reason));
        // the undo is told too
        Assert.Equal(["Berlin", "Berlin", "Bonn"], await acme.Use(db => db.Changes.Where(x => x.CauseId == id && x.Via == Via.Bulk).OrderBy(x => x.Id).Select(x => x.New).ToListAsync()));
    }

    [Fact]
    public async Task Undo_OfCustomersGivenAway_GivesThemBack()
    {
        var acme = await Make.Tenant();
        var (rep, colleague) = (await Make.Member(acme, Role.Sales), await Make.Member(acme, Role.Sales));
        await acme.Use(async db =>
        {
            db.RoleVisibilities.RemoveRange(await db.RoleVisibilities.ToListAsync());
            db.RoleVisibilities.Add(new RoleVisibility(Role.Sales, Visibility.Own));
            return await db.SaveChangesAsync();
        });
        var mine = await Make.Customer(acme, "Mine", d => d with { OwnerId = rep.Id });
        var foreign = await Make.Customer(acme, "Foreign");
        var id = await Make.BulkEdit(acme, new(BulkAct.Set, "ownerId") { Values = [CustomText.Id(colleague.Id)] }, [mine, foreign], by: rep);
        var edit = await acme.Do(id, by: rep);
        Assert.Equal((1, 1), (edit.ChangedCount, edit.SkippedCount));
        Assert.Null(await acme.Use(db => db.Customers.Where(c => c.Id == foreign).Select(c => c.OwnerId).SingleAsync()));
        Assert.Equal(colleague.Id, await acme.Use(db => db.Customers.Where(c => c.Id == mine).Select(c => c.OwnerId).SingleAsync()));
        await acme.Do(id, undo: true, by: rep);
        Assert.Equal(rep.Id, await acme.Use(db => db.Customers.Where(c => c.Id == mine).Select(c => c.OwnerId).SingleAsync()));
    }

    /// <summary>The customers with everything that hangs on them, as lines.</summary>
    private static Task<string> Rows(TestTenant tenant) => tenant.Use(async db =>
    {
        var fields = await db.LoadCustomFields(default);
        var customers = await db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).AsNoTracking().AsSplitQuery().Include(c => c.ContactPoints).Include(c => c.CustomValues).Include(c => c.Tags).ThenInclude(t => t.Tag).OrderBy(c => c.Id).ToListAsync();
        var interactions = (await db.Interactions.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Where(i => i.DeletedAt == null).ToListAsync()).ToLookup(i => i.CustomerId, i => i.OccurredAt);
        var texts = await db.CustomerSearches.ToDictionaryAsync(s => s.CustomerId, s => s.Text + s.More);
        return string.Join('\n', customers.Select(c => string.Join('|', c.Id, string.Join(',', CrmWeb.Domain.Customers.Imports.DetailField.All.Select(f => f.Get(CustomerDetails.Of(c)) is ImmutableArray<string> many ? string.Join(';', many) : f.Get(CustomerDetails.Of(c)))),
            string.Join(',', CustomerDetails.Of(c, fields).Custom.OrderBy(p => p.Key).Select(p => $"{p.Key}={string.Join(';', p.Value)}")), string.Join(',', c.Tags.Select(t => t.Tag!.NameNormal).Order()),
            c.DeletedAt is not null, c.LastInteractionAt?.Ticks, string.Join(',', interactions[c.Id].Order().Select(at => at.Ticks)), texts.GetValueOrDefault(c.Id))));
    });
}
