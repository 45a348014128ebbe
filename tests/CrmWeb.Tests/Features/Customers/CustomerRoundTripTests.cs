using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Features.Imports;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers;

/// <summary>What one tenant exports with all fields, another takes in: nothing is lost and nothing changes.</summary>
public sealed class CustomerRoundTripTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const int Customers = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task T16_ExportAllThenImport_EveryDetailIsTheSame(int seed)
    {
        var (from, to) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        var (owner, team) = (await Make.Member(from, Role.Sales, "=Owner, \"the\" first"), await Make.Team(from, "+Team; one"));
        var sameOwner = await Make.Member(to, Role.Sales, "Called otherwise", owner.UserId);
        var sameTeam = await Make.Team(to, "+Team; one");
        await Fill(from, seed, owner.Id, team);

        var file = await (await from.Admin.Browser()).Get("/customers.csv?columns=all&sort=-created");
        Assert.Equal(HttpStatusCode.OK, file.Status);
        var import = await to.Do(await Make.Import(to, await file.Response.Content.ReadAsByteArrayAsync()), CustomerImport.JobKind);
        Assert.Equal(await Refusals(to, import), []);
        Assert.Equal((ImportState.Done, 0L), (import.State, import.RefusedCount));

        var (before, after) = (await Read(from, owner.Id, team), await Read(to, sameOwner.Id, sameTeam));
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, customer) in before)
        {
            Assert.Empty(DetailField.Between(customer.Details, after[key].Details).Select(field => $"{field.Name}: '{field.Get(customer.Details)}' '{field.Get(after[key].Details)}'"));
            Assert.Equal(customer.Organisation, after[key].Organisation);
            Assert.Equal(customer.Tags, after[key].Tags);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task T16_ExportOfTheColumnsShownThenImport_WhatIsShownIsTheSame(int seed)
    {
        var (from, to) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        var (owner, sameOwner) = (await Make.Member(from, Role.Sales, "=Owner, \"the\" first"), await Make.Member(to, Role.Sales, "=Owner, \"the\" first"));
        var team = await Make.Team(from);
        await Fill(from, seed, owner.Id, team);

        var file = await (await from.Admin.Browser()).Get("/customers.csv");
        var import = await to.Do(await Make.Import(to, await file.Response.Content.ReadAsByteArrayAsync()), CustomerImport.JobKind);
        Assert.Equal(await Refusals(to, import), []);

        var (before, after) = (await Read(from, owner.Id, team), await Read(to, sameOwner.Id, team));
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        string[] shown = ["externalId", "kind", "name", "email", "phone", "stage", "ownerId"];
        foreach (var (key, customer) in before)
        {
            Assert.Empty(DetailField.Between(customer.Details, after[key].Details).Select(field => field.Name).Intersect(shown));
            Assert.Equal(customer.Organisation, after[key].Organisation);
        }
    }

    [Theory]
    [InlineData("?columns=all")]
    [InlineData("")]
    [InlineData("?columns=email,team,tags")]
    public async Task T16_ImportOfOwnExport_ChangesNothing(string columns)
    {
        var acme = await Make.Tenant(fixture.Host);
        var left = await Make.Member(acme, Role.Sales, "Who left");
        await Fill(acme, 4, acme.Admin.Id, await Make.Team(acme, "Team"));
        // most customers have no id of another system; some share a name, an address, or an organisation whose name another one has
        await acme.Use(db => db.Customers.Where(c => c.Id % 2 == 0).ExecuteUpdateAsync(set => set.SetProperty(c => c.ExternalId, (string?)null)));
        foreach (var _ in (int[])[1, 2])
        {
            var twin = await Make.Customer(acme, "Twin GmbH", d => d with { Kind = CustomerKind.Organisation, OwnerId = left.Id });
            await Make.Customer(acme, "Twin", d => d with { Email = "twin@example.org", OrganisationId = twin });
        }

        await acme.Use(async db =>
        {
            (await db.Members.SingleAsync(m => m.Id == left.Id)).Deactivate(acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });
        var file = await (await acme.Admin.Browser()).Get("/customers.csv" + columns);
        var import = await acme.Do(await Make.Import(acme, await file.Response.Content.ReadAsByteArrayAsync()), CustomerImport.JobKind);
        Assert.Equal(await Refusals(acme, import), []);
        Assert.Equal((0L, 0L, 0L), (import.NewCount, import.ChangedCount, import.RefusedCount));
    }

    [Fact]
    public async Task T16_ImportOfOwnExport_WithTiersOutOfUse_ChangesNothing()
    {
        var acme = await Make.Tenant(fixture.Host);
        var (old, bronze) = (await Make.Tier(acme, "Gold"), await Make.Tier(acme, "Bronze", 2));
        await Make.Customer(acme, "Dan", c => c with { ServiceTierId = bronze });
        var admin = await acme.Admin.Browser();
        foreach (var tier in (long[])[old, bronze]) await admin.Post($"/settings/service/tiers/{tier}/delete");
        var gold = await Make.Tier(acme, "Gold");
        await Make.Customer(acme, "Ann", c => c with { ServiceTierId = gold });
        var file = await admin.Get("/customers.csv?columns=all");
        var import = await acme.Do(await Make.Import(acme, await file.Response.Content.ReadAsByteArrayAsync()), CustomerImport.JobKind);
        Assert.Equal(await Refusals(acme, import), []);
        Assert.Equal((0L, 0L, 2L), (import.NewCount, import.ChangedCount, import.SameCount));
    }

    [Fact]
    public async Task Import_OwnExportWithAChangedName_ChangesThatCustomer()
    {
        var acme = await Make.Tenant(fixture.Host);
        var id = await Make.Customer(acme, "Before");
        await Make.Customer(acme, "Other");
        var file = (await (await acme.Admin.Browser()).Get("/customers.csv")).Body.Replace("Before", "After", StringComparison.Ordinal);
        var import = await acme.Do(await Make.Import(acme, file), CustomerImport.JobKind);
        Assert.Equal((0L, 1L, 1L), (import.NewCount, import.ChangedCount, import.SameCount));
        Assert.Equal("After", await acme.Use(db => db.Customers.Where(c => c.Id == id).Select(c => c.Name).SingleAsync()));
    }

    [Fact]
    public async Task Import_LineOfOwnExportWhoseCustomerIsArchived_IsRefusedWithTheReason()
    {
        var tenant = await Make.Tenant(fixture.Host);
        var id = await Make.Customer(tenant, "Archived");
        await Make.Customer(tenant, "Other");
        var file = (await (await tenant.Admin.Browser()).Get("/customers.csv")).Body;
        await (await tenant.Admin.Browser()).Post($"/customers/{id}/archive", new { });

        var import = await tenant.Do(await Make.Import(tenant, file), CustomerImport.JobKind);

        Assert.Equal((0L, 1L, 1L), (import.NewCount, import.SameCount, import.RefusedCount));
        Assert.Contains(Refusal.Archived, Assert.Single(await Refusals(tenant, import)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public async Task Import_LineOfOwnExportCopiedForSomebodyNew_LeavesTheFirstAlone(int linesBetween)
    {
        var tenant = await Make.Tenant(fixture.Host);
        await Make.Customer(tenant, "Ali", d => d with { Email = "ali@example.org" });
        var csv = (await (await tenant.Admin.Browser()).Get("/customers.csv?columns=all")).Body;
        var line = csv.Split('\n').Single(l => l.Contains("ali@example.org", StringComparison.Ordinal));

        var copy = line.Replace("Ali", "Sara", StringComparison.Ordinal).Replace("ali@", "sara@", StringComparison.Ordinal);
        // lines of no key, whose address is known: nobody new
        var between = string.Concat(Enumerable.Repeat(Regex.Replace(line.TrimEnd('\r'), "c[0-9]+-[0-9a-f]+", "", RegexOptions.None, TimeSpan.FromSeconds(1)) + "\n", linesBetween));
        await tenant.Do(await Make.Import(tenant, csv.TrimEnd('\n', '\r') + "\n" + between + copy + "\n", s => s with { Match = MatchRule.Email }), CustomerImport.JobKind);

        Assert.Equal(["Ali", "Sara"], await tenant.Use(db => db.Customers.OrderBy(c => c.Name).Select(c => c.Name).ToListAsync()));
    }

    [Fact]
    public async Task T3_ImportOfAnotherTenantsExport_TouchesNoRowOfTheirs()
    {
        var (acme, other) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        await Make.Customer(other, "Theirs");
        var file = (await (await other.Admin.Browser()).Get("/customers.csv")).Body.Replace("Theirs", "Ours", StringComparison.Ordinal);
        var import = await acme.Do(await Make.Import(acme, file), CustomerImport.JobKind);
        Assert.Equal((1L, 0L), (import.NewCount, import.ChangedCount));
        Assert.Equal(("Ours", "Theirs"), (await acme.Use(db => db.Customers.Select(c => c.Name).SingleAsync()), await other.Use(db => db.Customers.Select(c => c.Name).SingleAsync())));
    }

    [Fact]
    public async Task T16_TagsOfEveryText_SurviveTheFormExportAndImport()
    {
        var (from, to) = (await Make.Tenant(fixture.Host), await Make.Tenant(fixture.Host));
        var names = Texts.Naughty.Concat(["Berlin, Mitte", "،", "a;b", "a|b", "\"quoted\", twice"]).Select(OneLine)
            .Select(text => text.Length <= Tag.NameLength ? text : char.IsHighSurrogate(text[Tag.NameLength - 1]) ? text[..(Tag.NameLength - 1)] : text[..Tag.NameLength])
            .Select(text => text.Trim()).Where(text => SearchText.Fold(text).Length > 0).DistinctBy(SearchText.Fold, StringComparer.Ordinal).ToArray();
        var ids = await from.Use(async db =>
        {
            var customers = names.Chunk(25).Select((some, i) =>
            {
                var customer = new Customer(new CustomerDetails { Name = $"Customer {i}", ExternalId = $"{i}" }, from.Host.Clock.Now);
                customer.Tags.AddRange(some.Select(name => new CustomerTag(new Tag(name))));
                return customer;
            }).ToList();
            db.Customers.AddRange(customers);
            await db.SaveChangesAsync();
            return customers.ConvertAll(customer => customer.Id);
        });
        var expected = names.Order(StringComparer.Ordinal).ToList();
        Assert.Equal(expected, await Tags(from));

        var browser = await from.Admin.Browser();
        foreach (var id in ids)
        {
            var answer = await browser.Post($"/customers/{id}/edit", (await browser.Get($"/customers/{id}/edit")).Untouched("/edit"));
            Assert.True(answer.Status == HttpStatusCode.Redirect, answer.Text);
        }

        Assert.Equal(expected, await Tags(from));
        var file = await browser.Get("/customers.csv?columns=all");
        await to.Do(await Make.Import(to, await file.Response.Content.ReadAsByteArrayAsync()), CustomerImport.JobKind);
        Assert.Equal(expected, await Tags(to));

        static Task<List<string>> Tags(TestTenant tenant) =>
            tenant.Use(async db => (await db.CustomerTags.Select(t => t.Tag!.Name).ToListAsync()).Order(StringComparer.Ordinal).ToList());
    }

    // as the constructor of a tag has it
    private static string OneLine(string text) => string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0)).Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ');

    private static async Task Fill(TestTenant tenant, int seed, long ownerId, long teamId)
    {
        var details = Details(ownerId, teamId).Sample(10, new Rnd((ulong)seed), Customers);
        var names = Hostile(60).Sample(10, new Rnd((ulong)seed), 10).Select((name, i) => $"{name} tag {i}").ToArray();
        await tenant.Use(async db =>
        {
            var tags = names.DistinctBy(SearchText.Fold, StringComparer.Ordinal).Select(name => new Tag(name)).ToList();
            var organisations = new List<Customer>();
            foreach (var (d, i) in details.Select((d, i) => (d, i)))
            {
                // names of organisations are all different: by them a person is told whom they belong to
                var one = d with { ExternalId = $"{d.ExternalId}#{i}", Name = $"{d.Name} {i}", OrganisationId = i % 3 == 0 && organisations.Count > 0 ? organisations[i % organisations.Count].Id : null };
                var customer = new Customer(one, tenant.Host.Clock.Now.AddMinutes(-i));
                customer.Tags.AddRange(tags.Where((_, t) => (i + t) % 4 == 0).Select(tag => new CustomerTag(tag)));
                db.Customers.Add(customer);
                if (one is not { Kind: CustomerKind.Organisation, OrganisationId: null }) continue;
                await db.SaveChangesAsync();
                organisations.Add(customer);
            }

            return await db.SaveChangesAsync();
        });
    }

    private static Gen<CustomerDetails> Details(long ownerId, long teamId) =>
        from texts in Hostile(18).ArrayOf(12)
        from name in Hostile(150)
        from description in Hostile(3000, lines: true)
        from mails in Gen.Elements("ann@example.org", "=cmd@example.org", "+tag+x@example.org", "'quoted@example.org", "-dash@example.org", "نام@example.org").ListOf()
        from phones in Hostile(50).ListOf()
        from country in Gen.Elements<string?>(null, "DE", "IR", "Nowhere, =1", "'Land")
        from kind in Gen.Elements(Enum.GetValues<CustomerKind>())
        from stage in Gen.Elements(Enum.GetValues<LifecycleStage>())
        from channel in Gen.Elements([null, .. Enum.GetValues<Channel>().Cast<Channel?>()])
        from owned in Gen.Elements(true, false)
        select new CustomerDetails
        {
            Kind = kind,
            Name = $"{name}x",
            Email = mails.FirstOrDefault(),
            Phone = texts[0],
            OtherEmails = [.. mails.Take(5)],
            OtherPhones = [.. phones.Take(5)],
            Website = texts[1],
            Street = texts[2],
            City = texts[3],
            Region = texts[4],
            PostalCode = texts[5],
            Country = country,
            Industry = texts[6],
            Language = texts[7],
            PreferredChannel = channel,
            Stage = stage,
            Source = texts[8],
            Description = description,
            ExternalId = texts[9],
            OwnerId = owned ? ownerId : null,
            TeamId = owned ? null : teamId,
        };

    /// <summary>What the form would let in: no NUL, no half of a pair; one line unless said.</summary>
    private static Gen<string> Hostile(int length, bool lines = false) =>
        Gen.Frequency((1, Gen.Elements(Texts.Naughty)), (1, Texts.Encodable.Generator)).Select(text =>
        {
            var kept = text.EnumerateRunes().Where(rune => rune.Value != 0 && (lines || rune.Value is not ('\r' or '\n'))).Aggregate(new StringBuilder(), (built, rune) => built.Append(rune.ToString()));
            while (kept.Length > length || (kept.Length > 0 && char.IsHighSurrogate(kept[^1]))) kept.Length--;
            return kept.ToString();
        });

    private static async Task<Dictionary<string, (CustomerDetails Details, string? Organisation, IReadOnlyList<string> Tags)>> Read(TestTenant tenant, long ownerId, long teamId) =>
        await tenant.Use(async db => (await db.Customers.AsNoTracking().Include(c => c.ContactPoints).Include(c => c.Organisation).Include(c => c.Tags).ThenInclude(t => t.Tag).ToListAsync())
            .ToDictionary(
                c => c.ExternalId ?? c.Name,
                c => (CustomerDetails.Of(c) with { OwnerId = Same(c.OwnerId, ownerId), TeamId = Same(c.TeamId, teamId), OrganisationId = null }, c.Organisation?.Name,
                    (IReadOnlyList<string>)[.. c.Tags.Select(t => t.Tag!.Name).Order(StringComparer.Ordinal)]),
                StringComparer.Ordinal));

    // ids are each tenant's own
    private static long? Same(long? id, long expected) => id is null ? null : id == expected ? 1 : id;

    private static Task<List<string>> Refusals(TestTenant tenant, Import import) =>
        tenant.Use(db => db.ImportRows.Where(r => r.ImportId == import.Id && r.Outcome == RowOutcome.Refused).Select(r => r.Reason + " " + r.Before).Take(3).ToListAsync());
}
