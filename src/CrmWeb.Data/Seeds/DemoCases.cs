using CrmWeb.Data.Service;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Service;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>What the service desk of the demo works on: when it works, what it promises, and cases on every stretch of their way.</summary>
internal sealed class DemoCases(CrmDb db, List<Member> members, List<Team> teams, Chance chance, DateTime now)
{
    private const int Cases = 48;

    private static readonly (CaseKind Kind, Channel Channel, string Subject, string Cause, string Resolution)[] Stories =
    [
        (CaseKind.Complaint, Channel.Email, "Beans arrived stale", "Roasted too long ago", "Sent a fresh bag and a voucher."),
        (CaseKind.Complaint, Channel.Call, "Parcel came late for the weekend", "Carrier was late", "Apologised, refunded the express fee."),
        (CaseKind.Complaint, Channel.Email, "Bag was torn open", "Broken in transit", "Sent another one."),
        (CaseKind.Question, Channel.Chat, "Which grind for a moka pot?", "Not on the packaging", "Fine, a little coarser than espresso."),
        (CaseKind.Question, Channel.Email, "Can the invoice name our cost centre?", "Not on the packaging", "Added to the customer's record."),
        (CaseKind.Question, Channel.Call, "When is the next cupping?", "Website was out of date", "Told the date and sent an invitation."),
        (CaseKind.Return, Channel.Email, "Grinder does not start", "Faulty device", "Exchanged under warranty."),
        (CaseKind.Return, Channel.Email, "Ordered whole beans instead of ground", "Ordered by mistake", "Took it back, sent ground coffee."),
        (CaseKind.Complaint, Channel.Social, "Subscription was charged twice", "Wrong invoice", "Paid back the second charge."),
    ];

    /// <summary>Inside of a transaction.</summary>
    public async Task Make(CancellationToken stop)
    {
        var clocks = await Promise(stop);
        var causes = await Causes(stop);
        var customers = await db.Customers.Include(c => c.ContactPoints).Where(c => c.Stage == LifecycleStage.Customer || c.Stage == LifecycleStage.Loyal).OrderBy(c => c.Id).Take(160).ToListAsync(stop);
        if (customers.Count == 0) return;
        var tiers = await db.ServiceTiers.OrderBy(t => t.Position).Select(t => (long?)t.Id).ToListAsync(stop);
        foreach (var loyal in customers.Where(c => c.Stage == LifecycleStage.Loyal)) loyal.Change(CustomerDetails.Of(loyal) with { ServiceTierId = chance.Is(0.3) ? tiers[0] : tiers[1] }, loyal.UpdatedAt);
        for (var i = 0; i < Cases; i++)
        {
            var story = Stories[i % Stories.Length];
            // the last ones are open: one late, one that waits, some of today
            var opened = i switch
            {
                < Cases - 8 => now.AddDays(-chance.Between(6, 120)).AddMinutes(-chance.Between(0, 1_400)),
                < Cases - 6 => now.AddDays(-5),
                _ => now.AddMinutes(-chance.Between(10, 900)),
            };
            Live(customers[chance.Below(customers.Count)], story, causes, clocks, opened, i);
        }

        await db.SaveChangesAsync(stop);
    }

    private void Live(Customer customer, (CaseKind Kind, Channel Channel, string Subject, string Cause, string Resolution) story, Dictionary<string, Reason> causes, ServiceClocks clocks, DateTime opened, int n)
    {
        var agent = members[n % 3 == 0 ? 8 : 4];
        var details = new CaseDetails
        {
            Kind = story.Kind,
            Subject = story.Subject,
            Channel = story.Channel,
            Priority = chance.Is(0.2) ? Priority.High : chance.Is(0.2) ? Priority.Low : Priority.Normal,
            OwnerId = agent.Id,
            TeamId = teams[2].Id,
        };
        var clock = clocks.For(details.Priority, customer);
        var its = new Case(customer, details, clock, agent.Id, opened);
        db.Cases.Add(its);
        if (n >= Cases - 8)
        {
            if (n == Cases - 7) Wait(its, clock, opened);
            return;
        }

        var answered = clock.Calendar.After(opened, chance.Between(5, chance.Is(0.15) ? 700 : 220)) ?? opened;
        its.Answer(answered, clock, answered);
        var resolved = clock.Calendar.After(answered, chance.Between(20, chance.Is(0.15) ? 3_000 : 900)) ?? answered;
        if (resolved > now) return;
        its.Resolve(story.Resolution, causes[story.Cause].Id, null, clock, agent.Id, resolved);
        if (chance.Is(0.8) && resolved.AddDays(1) < now) its.Close(agent.Id, resolved.AddDays(1));
    }

    private static void Wait(Case its, SlaClock clock, DateTime opened)
    {
        its.Answer(opened.AddHours(1), clock, opened.AddHours(1));
        its.Wait(opened.AddHours(2));
    }

    private async Task<ServiceClocks> Promise(CancellationToken stop)
    {
        foreach (var day in new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday })
            db.OpeningTimes.AddRange(new OpeningTime(day, 8 * 60, 12 * 60), new OpeningTime(day, 13 * 60, 17 * 60));
        db.Holidays.AddRange(new Holiday(new DateOnly(now.Year, 12, 25), "Christmas Day"), new Holiday(new DateOnly(now.Year, 12, 26), "Boxing Day"), new Holiday(new DateOnly(now.Year + 1, 1, 1), "New Year's Day"));
        ServiceTier[] tiers = [new("Gold", 1), new("Silver", 2)];
        db.ServiceTiers.AddRange(tiers);
        await db.SaveChangesAsync(stop);
        (Priority Priority, long? Tier, int Answer, int Resolve)[] rules =
        [
            (Priority.High, null, 120, 960), (Priority.Normal, null, 240, 1_440), (Priority.Low, null, 480, 2_400),
            (Priority.High, tiers[0].Id, 60, 480), (Priority.Normal, tiers[0].Id, 120, 960),
        ];
        foreach (var (priority, tier, answer, resolve) in rules)
        {
            var rule = new SlaRule(priority, tier);
            rule.Promise(answer, resolve);
            db.SlaRules.Add(rule);
        }

        await db.SaveChangesAsync(stop);
        return await ServiceClocks.Read(db, stop);
    }

    private async Task<Dictionary<string, Reason>> Causes(CancellationToken stop)
    {
        var causes = Stories.Select(story => story.Cause).Distinct(StringComparer.Ordinal).Select((name, i) => new Reason(ReasonFor.RootCause, name, i + 1)).ToList();
        db.Reasons.AddRange(causes);
        await db.SaveChangesAsync(stop);
        return causes.ToDictionary(cause => cause.Name, StringComparer.Ordinal);
    }
}
