using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers;
using CrmWeb.Web.Features.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data;

/// <summary>A database of their own: an import is run by taking every job there is.</summary>
public sealed class HistoryHost : IAsyncLifetime
{
    public CrmHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await CrmHost.Start();

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

public sealed class HistoryTests(HistoryHost fixture) : IClassFixture<HistoryHost>
{
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Changes_TakenBackOneAfterTheOther_GiveEachEarlierState(int seed)
    {
        var acme = await Make.Tenant(fixture.Host);
        var chance = new Random(seed);
        var states = new List<(long LastChange, string State)>();
        for (var step = 0; step < 40; step++)
        {
            states.Add((await acme.Use(LastId), (await acme.Use(ToldState.Read)).ToString()));
            acme.Host.Clock.Advance(TimeSpan.FromMinutes(1));
            await Step(acme, chance);
        }

        var state = await acme.Use(ToldState.Read);
        var changes = new Stack<Change>(await acme.Use(db => db.Changes.AsNoTracking().OrderBy(x => x.Id).ToListAsync()));
        Assert.True(changes.Count > 60, $"only {changes.Count} changes");
        foreach (var (last, earlier) in states.AsEnumerable().Reverse())
        {
            while (changes.Count > 0 && changes.Peek().Id > last) state.Undo(changes.Pop());
            Assert.Equal(earlier, state.ToString());
        }
    }

    [Fact]
    public async Task Save_ThatFails_TellsNothing()
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Customer(acme, "Ann", d => d with { City = "Bonn" });
        await acme.Use(async db =>
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == id);
            db.Expect(customer, 7);
            customer.Change(CustomerDetails.Of(customer) with { City = "Köln" }, acme.Host.Clock.Now);
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
            db.Expect(customer, 0);
            return await db.SaveChangesAsync();
        });
        var told = Assert.Single(await acme.ChangesOf(RecordKind.Customer, id), x => x.Field == "city");
        Assert.Equal(("Bonn", "Köln"), (told.Old, told.New));
    }

    [Fact]
    public async Task Save_ThatChangesNothing_TellsNothing()
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Customer(acme, "Ann", d => d with { City = "Bonn" });
        await acme.Use(async db =>
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == id);
            customer.Change(CustomerDetails.Of(customer), acme.Host.Clock.Now.AddDays(1));
            return await db.SaveChangesAsync();
        });
        Assert.Equal([Act.Created], (await acme.ChangesOf(RecordKind.Customer, id)).Select(x => x.Act));
    }

    [Fact]
    public async Task K8_SecretOfAMember_IsToldWithoutItsValue()
    {
        var acme = await Make.Tenant(fixture.Host);
        await acme.Use(async db =>
        {
            (await db.Members.SingleAsync(m => m.Id == acme.Admin.Id)).CalendarTokenHash = "CANARY";
            return await db.SaveChangesAsync();
        });
        var told = await acme.LastChange(RecordKind.Member, acme.Admin.Id, "calendarTokenHash");
        Assert.Equal((null, null), (told.Old, told.New));
    }

    [Fact]
    public async Task Page_Import_Revert_SayWhoAndHow()
    {
        var acme = await Make.Tenant(fixture.Host);
        var browser = await acme.Admin.Browser();
        await browser.Post("/customers/new", new { Kind = "Person", Name = "Ann", ExternalId = "a1", City = "Bonn", Tags = "old" });
        var id = await acme.Use(db => db.Customers.Select(c => c.Id).SingleAsync());
        var made = Assert.Single(await acme.ChangesOf(RecordKind.Customer, id));
        Assert.Equal((Act.Created, Via.Page, acme.Admin.Id, id), (made.Act, made.Via, made.MemberId!.Value, made.CustomerId!.Value));

        var importId = await Make.Import(acme, "externalId,name,city,tags,otherEmails\na1,Ann,Köln,vip,more@example.org\na2,Bea,Ulm,vip,\n");
        await acme.Do(importId, CustomerImport.JobKind);
        var told = (await acme.ChangesOf(RecordKind.Customer, id)).Where(x => x.Via == Via.Import).ToList();
        Assert.Equal([("city", "Bonn", "Köln"), ("emails", null, "more@example.org"), ("tags", null, "vip")], told.Select(x => (x.Field!, x.Old, x.New)).OrderBy(x => x.Item1, StringComparer.Ordinal));
        Assert.All(told, x => Assert.Equal((importId, acme.Admin.Id), (x.CauseId!.Value, x.MemberId!.Value)));
        var bea = await acme.Use(db => db.Customers.Where(c => c.Name == "Bea").Select(c => c.Id).SingleAsync());
        Assert.Empty(await acme.ChangesOf(RecordKind.Customer, bea));
        Assert.Equal([Act.Created], (await acme.ChangesOf(RecordKind.Import, importId)).Select(x => x.Act));

        await acme.Do(importId, ImportRevert.JobKind);
        var back = (await acme.ChangesOf(RecordKind.Customer, id)).Skip(1 + told.Count).ToList();
        Assert.Equal([("city", "Köln", "Bonn"), ("emails", "more@example.org", null), ("tags", "vip", null)], back.Select(x => (x.Field!, x.Old, x.New)).OrderBy(x => x.Item1, StringComparer.Ordinal));
        var gone = Assert.Single(await acme.ChangesOf(RecordKind.Customer, bea));
        Assert.Equal((Act.Deleted, "Bea", Via.Import, importId), (gone.Act, gone.Old!, gone.Via, gone.CauseId!.Value));
        Assert.Equal([Act.Created, Act.Deleted], (await acme.ChangesOf(RecordKind.Import, importId)).Select(x => x.Act));
    }

    [Fact]
    public async Task Command_SaysThatItWasOne()
    {
        var acme = await Make.Tenant(fixture.Host);
        var mail = await acme.Use(db => db.Users.Where(u => u.Id == acme.Admin.UserId).Select(u => u.Email!).SingleAsync());
        var slug = $"shop-{Guid.NewGuid():N}"[..20];
        Assert.Equal(0, (await ChildProgram.Run(acme.Host, "tenant", "create", "--name", "Shop", "--slug", slug, "--admin", mail)).Code);
        var id = await acme.Host.Scope(async services => await ((CrmDb)services.GetService(typeof(CrmDb))!).Tenants.Where(t => t.Slug == slug).Select(t => t.Id).SingleAsync());
        var told = await (acme with { Id = id }).Use(db => db.Changes.AsNoTracking().ToListAsync());
        Assert.NotEmpty(told);
        Assert.All(told, x => Assert.Equal((Via.Command, (long?)null), (x.Via, x.MemberId)));
    }

    /// <summary>The rows of an import can go; what it changed is told all the same.</summary>
    [Fact]
    public async Task Import_Deleted_LeavesItsChanges()
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Customer(acme, "Ann", d => d with { ExternalId = "a1" });
        var importId = await Make.Import(acme, "externalId,name,city\na1,Ann,Köln\n");
        await acme.Do(importId, CustomerImport.JobKind);
        var browser = await acme.Admin.Browser();
        await browser.Post($"/imports/{importId}/delete");
        Assert.Empty(await acme.Use(db => db.Imports.ToListAsync()));
        Assert.Equal("Köln", (await acme.LastChange(RecordKind.Customer, id, "city")).New);
        Assert.Contains("Köln", (await browser.Get($"/customers/{id}/history")).Text, StringComparison.Ordinal);
    }

    /// <summary>T10: a field that a member may not see drops out of the history, in one place for everybody who asks.</summary>
    [Fact]
    public async Task T10_HiddenField_IsInNoChange()
    {
        var acme = await Make.Tenant(fixture.Host);
        var hidden = await Make.Field(acme, CustomFieldType.Text, "Hidden", f => f with { VisibleTo = Role.Sales });
        var seen = await Make.Field(acme, CustomFieldType.Text, "Seen");
        var id = await Make.Customer(acme, "Ann");
        await acme.Use(async db =>
        {
            var customer = await db.Customers.Include(c => c.ContactPoints).Include(c => c.CustomValues).SingleAsync(c => c.Id == id);
            var fields = new CustomFieldSet([hidden, seen], []);
            customer.Change(CustomerDetails.Of(customer, fields).With(hidden.Key, ["secret"]).With(seen.Key, ["open"]), acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });

        Task<List<string>> Told(Role roles) => acme.Use(
            db => db.Seen(db.Changes).Where(x => x.Field != null && x.RecordId == id).Select(x => x.Field!).Order().ToListAsync(), new Actor(acme.Admin.Id, roles, Visibility.All, []));
        Assert.Equal([seen.Name], await Told(Role.Manager));
        Assert.Equal([hidden.Name, seen.Name], await Told(Role.Sales));
        Assert.Equal([hidden.Name, seen.Name], await Told(Role.Admin));
    }

    /// <summary>A value of a custom field that takes the place of another is one change; what a new customer begins with is none.</summary>
    [Fact]
    public async Task CustomValue_Replaced_IsOneChange()
    {
        var acme = await Make.Tenant(fixture.Host);
        var field = await Make.Field(acme, CustomFieldType.Number, "Seats");
        var fields = new CustomFieldSet([field], []);
        var id = await Make.Customer(acme, "Ann", d => d with { CustomFields = fields, Custom = CustomerDetails.NoCustom.Add(field.Key, ["3"]) });
        foreach (var value in (string[])["4", ""])
        {
            await acme.Use(async db =>
            {
                var customer = await db.Customers.Include(c => c.ContactPoints).Include(c => c.CustomValues).SingleAsync(c => c.Id == id);
                customer.Change(CustomerDetails.Of(customer, fields).With(field.Key, value.Length == 0 ? [] : [value]), acme.Host.Clock.Now);
                return await db.SaveChangesAsync();
            });
        }

        var told = await acme.Use(db => db.Changes.Where(x => x.RecordId == id && x.Field == field.Name).OrderBy(x => x.Id).Select(x => x.Old + ">" + x.New).ToListAsync());
        Assert.Equal(["3>4", "4>"], told);
    }

    private static async Task<long> LastId(CrmDb db) => await db.Changes.MaxAsync(x => (long?)x.Id) ?? 0;

    private static async Task Step(TestTenant acme, Random chance)
    {
        if (chance.Next(12) == 0)
        {
            await Import(acme, chance);
            return;
        }

        await acme.Use(async db =>
        {
            await Step(db, acme, chance, acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>An import that changes customers that are there, and sometimes is taken back.</summary>
    private static async Task Import(TestTenant acme, Random chance)
    {
        var known = await acme.Use(db => db.Customers.Where(c => c.ExternalId != null).Select(c => c.ExternalId!).ToListAsync());
        if (known.Count == 0) return;
        var id = await Make.Import(acme, "externalId,name,city,tags,otherPhones\n" + string.Concat(known.Select(key => $"{key},{Word(chance)},{Word(chance)},{Word(chance)},0{chance.Next(99999)}\n")));
        await acme.Do(id, CustomerImport.JobKind);
        if (chance.Next(2) == 0) await acme.Do(id, ImportRevert.JobKind);
    }

    private static async Task Step(CrmDb db, TestTenant acme, Random chance, DateTime now)
    {
        var customers = await db.Customers.IgnoreQueryFilters(Away).Include(c => c.ContactPoints).Include(c => c.Tags).ThenInclude(t => t.Tag).OrderBy(c => c.Id).ToListAsync();
        var interactions = await db.Interactions.IgnoreQueryFilters(Away).OrderBy(i => i.Id).ToListAsync();
        var tasks = await db.Tasks.IgnoreQueryFilters(Away).OrderBy(t => t.Id).ToListAsync();
        var teams = await db.Teams.Include(t => t.Members).OrderBy(t => t.Id).ToListAsync();
        var members = await db.Members.OrderBy(m => m.Id).ToListAsync();
        T? One<T>(List<T> rows) where T : class => rows.Count == 0 ? null : rows[chance.Next(rows.Count)];
        switch (chance.Next(14))
        {
            case 0 or 1 when customers.Count < 6:
                var made = new Customer(Details(chance) with { ExternalId = $"x{Make.Number()}" }, now);
                db.Customers.Add(made);
                await CustomerTagging.Put(db, made, Names(chance), default);
                break;
            case <= 4 when One(customers) is { } customer:
                customer.Change(Details(chance) with { ExternalId = customer.ExternalId }, now);
                await CustomerTagging.Put(db, customer, Names(chance), default);
                break;
            case 5 when One(customers) is { } customer:
                if (customer.DeletedAt is null) customer.Archive(now);
                else customer.Restore();
                break;
            case 6 when One(customers) is { } customer:
                customer.Log(Contact(chance, now), acme.Admin.Id, now);
                break;
            case 7 when One(interactions) is { } interaction:
                interaction.Change(Contact(chance, now), now);
                break;
            case 8 when One(interactions) is { } interaction:
                if (interaction.DeletedAt is null) interaction.Delete(now);
                else interaction.Restore();
                break;
            case 9:
                db.Tasks.Add(new CrmTask(Word(chance), new DateOnly(2026, 1, 1).AddDays(chance.Next(99)), acme.Admin.Id, acme.Admin.Id, now) { Repeat = (Repeat)chance.Next(5), CustomerId = One(customers)?.Id });
                break;
            case 10 when One(tasks) is { } task:
                if (chance.Next(2) == 0 && task.Complete(now, DateOnly.FromDateTime(now)) is { } next) db.Tasks.Add(next);
                else task.Change(Word(chance), task.DueOn.AddDays(chance.Next(3)), acme.Admin.Id);
                break;
            case 11 when One(tasks) is { } task:
                if (task.DeletedAt is null) task.Delete(now);
                else task.Restore();
                break;
            case 12 when One(teams) is { } team:
                if (chance.Next(3) == 0) db.Teams.Remove(team);
                else if (team.Members.Count > 0) db.TeamMemberships.RemoveRange(team.Members);
                else db.TeamMemberships.Add(new TeamMembership(team.Id, members[0].Id));
                break;
            case 12:
                db.Teams.Add(new Team($"{Word(chance)} {Make.Number()}"));
                break;
            default:
                var member = members[0];
                member.Become(Role.Admin | (Role)chance.Next(32));
                member.Prefer(Word(chance), null, chance.Next(2) == 0 ? "fa" : null);
                break;
        }
    }

    private static CustomerDetails Details(Random chance) => new()
    {
        Kind = (CustomerKind)chance.Next(2),
        Name = Word(chance),
        Email = chance.Next(2) == 0 ? null : $"{Word(chance)}@example.org",
        OtherEmails = [.. Enumerable.Range(0, chance.Next(4)).Select(_ => $"{Word(chance)}@example.org")],
        OtherPhones = [.. Enumerable.Range(0, chance.Next(3)).Select(_ => $"0{chance.Next(9)}")],
        City = chance.Next(3) == 0 ? null : Word(chance),
        Stage = (LifecycleStage)chance.Next(6),
        PreferredChannel = chance.Next(2) == 0 ? null : (Channel)chance.Next(7),
        Description = chance.Next(2) == 0 ? null : $"{Word(chance)}\n  {Word(chance)} ",
    };

    private static InteractionDetails Contact(Random chance, DateTime now) => new()
    {
        Channel = (Channel)chance.Next(7),
        Direction = (Direction)chance.Next(2),
        OccurredAt = now.AddMinutes(chance.Next(-900, 900)),
        IsPlanned = chance.Next(2) == 0,
        Subject = Word(chance),
        Body = chance.Next(2) == 0 ? null : Word(chance),
        Minutes = chance.Next(2) == 0 ? null : chance.Next(90),
    };

    private static IEnumerable<string> Names(Random chance) => Enumerable.Range(0, chance.Next(4)).Select(_ => Word(chance)).Distinct(StringComparer.Ordinal);

    private static string Word(Random chance) => $"w{chance.Next(12)}";
}
