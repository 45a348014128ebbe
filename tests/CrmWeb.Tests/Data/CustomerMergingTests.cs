using CrmWeb.Data;
using CrmWeb.Data.Merging;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data;

public sealed class CustomerMergingTests(HistoryHost fixture) : IClassFixture<HistoryHost>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task MergeAndUnmerge_OfAnyTwo_LeaveEveryRowAsItWas(int seed)
    {
        var chance = new Random(seed);
        var (acme, ids) = await Crowd(chance);
        for (var round = 0; round < 4; round++)
        {
            var pairs = ids.OrderBy(_ => chance.Next()).Take(3).ToList();
            var (first, before) = (pairs[0], await acme.Use(WholeTenant.Read));
            // one after the other into the same survivor, and back in the opposite order
            var one = await Merge(acme, first, pairs[1], chance);
            acme.Host.Clock.Advance(TimeSpan.FromMinutes(1));
            var between = await acme.Use(WholeTenant.Read);
            var two = await Merge(acme, first, pairs[2], chance);
            acme.Host.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.False(await Unmerge(acme, one));
            Assert.True(await Unmerge(acme, two));
            Assert.Equal(between, await acme.Use(WholeTenant.Read));
            Assert.True(await Unmerge(acme, one));
            Assert.False(await Unmerge(acme, one));
            Assert.Equal(before, await acme.Use(WholeTenant.Read));
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task Unmerge_AfterWorkInBetween_KeepsThatWithTheSurvivor(int seed)
    {
        var chance = new Random(seed);
        var (acme, ids) = await Crowd(chance);
        var (survivor, other) = (ids[0], ids[1]);
        var before = await acme.Use(WholeTenant.Read);
        var merge = await Merge(acme, survivor, other, chance);
        acme.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var call = await Make.Interaction(acme, survivor);
        var task = await Make.Task(acme, acme.Admin, customerId: survivor);
        await Change(acme, survivor, d => d with { Name = "Named later", City = "Later" });
        Assert.True(await Unmerge(acme, merge));

        var (mine, theirs) = (await acme.CustomerOf(survivor), await acme.CustomerOf(other));
        Assert.Equal(("Named later", "Later"), (mine.Name, mine.City));
        Assert.Null(theirs.MergedIntoId);
        Assert.Equal((survivor, survivor), await acme.Use(async db => ((await db.Interactions.SingleAsync(i => i.Id == call)).CustomerId, (await db.Tasks.SingleAsync(t => t.Id == task)).CustomerId!.Value)));
        var rest = (await acme.Use(WholeTenant.Read)).Except(before, StringComparer.Ordinal).ToList();
        // the survivor itself with its texts, and what was added
        Assert.All(rest, line => Assert.True(line.StartsWith($"Customer: Id={survivor} ", StringComparison.Ordinal) || line.Contains($"CustomerId={survivor} ", StringComparison.Ordinal) || line.StartsWith("CustomerSearch", StringComparison.Ordinal), line));
        Assert.Equal(0, await acme.Use(Make.WrongFacts));
    }

    [Fact]
    public async Task Merge_Moves_AndTellsIt()
    {
        var acme = await Make.Tenant();
        var (survivor, other) = (await Make.Customer(acme, "Ann", d => d with { Email = "ann@example.org" }), await Make.Customer(acme, "Anne", d => d with { Email = "anne@example.org", ExternalId = "X1" }));
        var (call, task) = (await Make.Interaction(acme, other), await Make.Task(acme, acme.Admin, customerId: other));
        var file = await Make.File(acme, other, interactionId: call);
        await Make.Merge(acme, survivor, other, (mine, _, field) => field.Name == "name" || field.IsEmpty(mine));
        var merged = await acme.CustomerOf(survivor);
        Assert.Equal(("Anne", "ann@example.org", "X1"), (merged.Name, merged.Email, merged.ExternalId));
        Assert.Equal("anne@example.org", Assert.Single(merged.ContactPoints).Value);
        Assert.NotNull(merged.LastInteractionAt);
        var away = await acme.CustomerOf(other);
        Assert.Equal((survivor, (string?)null), (away.MergedIntoId, away.ExternalId));
        Assert.NotNull(away.DeletedAt);
        Assert.Equal([other.ToString(System.Globalization.CultureInfo.InvariantCulture)], (await acme.ChangesOf(RecordKind.Customer, survivor)).Where(x => x.Field == "mergedFrom").Select(x => x.New));
        Assert.Contains(await acme.ChangesOf(RecordKind.Customer, other), x => x.Act == Act.Archived);
        Assert.Contains(await acme.ChangesOf(RecordKind.Interaction, call), x => x.Field == "customerId");
        Assert.All(await acme.ChangesOf(RecordKind.Interaction, call), x => Assert.Equal(survivor, x.CustomerId));
        Assert.All(await acme.ChangesOf(RecordKind.Task, task), x => Assert.Equal(survivor, x.CustomerId));
        Assert.Equal((survivor, call), await acme.Use(db => db.Attachments.Where(a => a.Id == file).Select(a => new ValueTuple<long, long>(a.CustomerId, a.InteractionId!.Value)).SingleAsync()));
        Assert.All(await acme.ChangesOf(RecordKind.Attachment, file), x => Assert.Equal(survivor, x.CustomerId));
        Assert.Contains("anne@example.org", await acme.Use(db => db.CustomerSearches.Where(s => s.CustomerId == survivor).Select(s => s.Text).SingleAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task R1_Merge_OfAnOlderVersion_ChangesNothing()
    {
        var acme = await Make.Tenant();
        var (survivor, other) = (await Make.Customer(acme), await Make.Customer(acme));
        var version = (await acme.CustomerOf(other)).Version;
        await Change(acme, other, d => d with { City = "Ulm" });
        var before = await acme.Use(WholeTenant.Read);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => acme.Use(db => db.MergeCustomers(new(survivor, 0), new(other, version), CustomFieldSet.None, (_, _, _) => false, null, default)));
        Assert.Equal(before, await acme.Use(WholeTenant.Read));
    }

    [Fact]
    public async Task T8_Merge_WithACustomerOfAnotherTenant_IsNone()
    {
        var (acme, foreign) = (await Make.Tenant(), await Make.Tenant());
        var (mine, theirs) = (await Make.Customer(acme), await Make.Customer(foreign));
        var before = await foreign.Use(WholeTenant.Read);
        Assert.Null(await acme.Use(db => db.MergeCustomers(new(mine, 0), new(theirs, 0), CustomFieldSet.None, (_, _, _) => false, null, default)));
        Assert.Equal(before, await foreign.Use(WholeTenant.Read));
    }

    private static Task<long> Merge(TestTenant tenant, long survivor, long other, Random chance)
    {
        var taken = chance.Next();
        return Make.Merge(tenant, survivor, other, (_, _, field) => (field.Name.Length + taken) % 3 == 0);
    }

    private static Task<bool> Unmerge(TestTenant tenant, long merge) => tenant.Use(async db => await db.UnmergeCustomers(merge, await db.LoadCustomFields(default), "DE", default));

    private static Task<int> Change(TestTenant tenant, long id, Func<CustomerDetails, CustomerDetails> with) => tenant.Use(async db =>
    {
        var customer = await db.Customers.Include(c => c.ContactPoints).Include(c => c.CustomValues).SingleAsync(c => c.Id == id);
        var fields = await db.LoadCustomFields(default);
        customer.Change(with(CustomerDetails.Of(customer, fields)), tenant.Host.Clock.Now);
        return await db.SaveChangesAsync();
    });

    /// <summary>Customers of every sort who name each other in every way.</summary>
    private async Task<(TestTenant Tenant, List<long> Ids)> Crowd(Random chance)
    {
        // its clock goes on
        var acme = await Make.Tenant(fixture.Host);
        var word = await Make.Field(acme, CustomFieldType.Text, "Word", d => d with { Unique = true });
        var number = await Make.Field(acme, CustomFieldType.Number, "Number");
        var many = await Make.Field(acme, CustomFieldType.Choices, "Many", null, "One", "Two", "Three");
        var referred = await Make.Field(acme, CustomFieldType.Customer, "Referred");
        var fields = await Make.FieldsOf(acme);
        var ids = new List<long>();
        for (var n = 0; n < 7; n++)
        {
            var id = await Make.Customer(acme, $"Customer {chance.Next(4)}", d => d with
            {
                Kind = CustomerKind.Organisation,
                Email = Maybe($"mail{chance.Next(3)}@example.org"),
                Phone = Maybe($"0171 555000{chance.Next(3)}"),
                PhoneCountry = "AT",
                OtherEmails = [.. Enumerable.Range(0, chance.Next(3)).Select(i => $"mail{i}@example.org")],
                City = Maybe("Ulm"),
                ExternalId = Maybe($"X{n}"),
                Stage = (LifecycleStage)chance.Next(3),
                OrganisationId = ids.Count > 0 && chance.Next(2) == 0 ? ids[chance.Next(ids.Count)] : null,
                CustomFields = fields,
            });
            acme.Host.Clock.Advance(TimeSpan.FromMinutes(1));
            ids.Add(id);
        }

        foreach (var id in ids)
        {
            await Change(acme, id, d =>
            {
                d = d with { PhoneCountry = "AT" };
                if (chance.Next(2) == 0) d = d.With(word.Key, [$"Word {id}"]);
                if (chance.Next(2) == 0) d = d.With(number.Key, [CustomText.Id(chance.Next(3))]);
                if (chance.Next(2) == 0) d = d.With(many.Key, fields.Ordered(fields.ById(many.Id)!, many.Options.Where(_ => chance.Next(2) == 0).Select(o => CustomText.Id(o.Id))));
                if (chance.Next(2) == 0) d = d.With(referred.Key, [CustomText.Id(ids[chance.Next(ids.Count)])]);
                return d;
            });
            for (var i = chance.Next(3); i > 0; i--) await Make.Interaction(acme, id, new InteractionDetails { OccurredAt = acme.Host.Clock.Now.AddHours(-chance.Next(100)) });
            if (chance.Next(2) == 0) await Make.Task(acme, acme.Admin, customerId: id);
            if (chance.Next(2) == 0) await Make.File(acme, id, interactionId: chance.Next(2) == 0 ? await Make.Interaction(acme, id) : null);
            acme.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await acme.Use(async db =>
        {
            var tags = new[] { new Tag("red"), new Tag("blue"), new Tag("green") };
            db.Tags.AddRange(tags);
            foreach (var customer in await db.Customers.Include(c => c.Tags).ToListAsync()) customer.Tags.AddRange(tags.Where(_ => chance.Next(2) == 0).Select(tag => new CustomerTag(tag)));
            return await db.SaveChangesAsync();
        });
        return (acme, ids);

        string? Maybe(string text) => chance.Next(2) == 0 ? text : null;
    }
}
