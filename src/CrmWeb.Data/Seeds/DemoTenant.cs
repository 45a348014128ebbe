using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>
/// A coffee roastery with business and private customers: enough of everything to see the product at work. Always the same people; dates are
/// counted from the day it is made.
/// </summary>
public static class DemoTenant
{
    private const int Seed = 20_261;

    private static readonly (string Name, string Email, Role Roles)[] Colleagues =
    [
        ("نسرین رحیمی", "nasrin@demo.example", Role.Sales),
        ("Leonie Fuchs", "leonie@demo.example", Role.Sales | Role.Marketer),
        ("Henrik Dahl", "henrik@demo.example", Role.Service),
    ];

    /// <summary>Makes the tenant with its logins and people, all or nothing; then what they did. Answers false when there is one already.</summary>
    public static async Task<bool> MakeDemo(this CrmDb db, DateTime now, CancellationToken stop = default)
    {
        if (await db.Tenants.AnyAsync(t => t.Slug == DemoAccounts.Slug, stop)) return false;

        await using var all = await db.Database.BeginTransactionAsync(stop);
        var tenant = new Tenant(DemoAccounts.Slug, "Halden Coffee Roasters", now.AddDays(-400));
        tenant.Change(tenant.Name, "Europe/Berlin", "en", "DE", "EUR");
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync(stop);
        db.Current.Enter(tenant.Id, Actor.System);
        db.Current.Through(Via.Command);

        (string, string, Role, string?)[] people =
        [
            .. DemoAccounts.All.Select(account => (account.Name, account.Email, account.Role, (string?)DemoAccounts.Password)),
            .. Colleagues.Select(colleague => (colleague.Name, colleague.Email, colleague.Roles, (string?)null)),
        ];
        var members = await db.Hire(people, now.AddDays(-390), stop);
        var teams = await db.MakeTeams(members, stop);
        db.ContactCadences.AddRange(
            new ContactCadence(LifecycleStage.Lead, 14), new ContactCadence(LifecycleStage.Prospect, 21), new ContactCadence(LifecycleStage.Customer, 60),
            new ContactCadence(LifecycleStage.Loyal, 45), new ContactCadence(LifecycleStage.Dormant, 180));
        var fields = new DemoFields(db, new Chance(Seed + 1), now);
        await fields.Make(stop);
        await new DemoCustomers(db, members, teams, fields, new Chance(Seed), now).Make(stop);
        await new DemoNotes(db, members, now).Make(stop);
        await new DemoCases(db, members, teams, new Chance(Seed + 3), now).Make(stop);
        var quality = new DemoQuality(db, members, new Chance(Seed + 2), now);
        await quality.Make(stop);
        var sales = new DemoSales(db, new Chance(Seed + 3), now);
        await sales.Offer(stop);
        await new DemoDeals(db, members, teams, new Chance(Seed + 3), now).Make(stop);
        await all.CommitAsync(stop);
        db.ChangeTracker.Clear();
        await new DemoWork(db, members, teams, now).Make(stop);
        await sales.Make(stop);
        await Statistics.CountAnew(db, stop);
        await new DemoProducts(db, now).Make(stop);
        await db.MakeCosts(now, stop);
        await quality.Count(stop);
        await db.MakeSegmentsWithPast(now, stop);
        return true;
    }

    /// <summary>What an hour and a contact cost the roastery; sales and service became dearer in spring.</summary>
    private static async Task MakeCosts(this CrmDb db, DateTime now, CancellationToken stop)
    {
        (Role Role, long Hour)[] hours = [(Role.Admin, 64_00), (Role.Manager, 58_00), (Role.Marketer, 41_00), (Role.Sales, 44_00), (Role.Service, 33_00), (Role.Viewer, 0)];
        (Channel Channel, long Contact)[] contacts =
            [(Channel.Call, 35), (Channel.Email, 10), (Channel.Meeting, 6_50), (Channel.Chat, 20), (Channel.Social, 30), (Channel.Visit, 38_00), (Channel.Note, 0)];
        var since = now.AddDays(-200).Date;
        db.CostRates.AddRange(hours.Select(one => CostRate.Of(one.Role, CostRate.Always, since, one.Hour)));
        db.CostRates.AddRange(contacts.Select(one => CostRate.Of(one.Channel, CostRate.Always, since, one.Contact)));
        db.CostRates.AddRange(hours.Where(one => one.Role is Role.Sales or Role.Service).Select(one => CostRate.Of(one.Role, DateOnly.FromDateTime(since), since, one.Hour + 3_00)));
        await db.SaveChangesAsync(stop);
        await db.RecountCosts(_ => Task.CompletedTask, stop);
    }

    private static async Task<List<Team>> MakeTeams(this CrmDb db, List<Member> members, CancellationToken stop)
    {
        List<Team> teams = [new Team("Business customers"), new Team("Private customers"), new Team("Service desk")];
        db.Teams.AddRange(teams);
        await db.SaveChangesAsync(stop);
        (int Team, int Member)[] places = [(0, 1), (0, 3), (0, 7), (1, 2), (1, 6), (1, 7), (2, 4), (2, 8)];
        db.TeamMemberships.AddRange(places.Select(place => new TeamMembership(teams[place.Team].Id, members[place.Member].Id)));
        await db.SaveChangesAsync(stop);
        return teams;
    }
}
