using CrmWeb.Data.Providers;
using CrmWeb.Data.Quality;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>The faults that data has after a few years, what the roastery wrote down about its fields, and how its data became better. Draws of its own, so that the people stay the same.</summary>
internal sealed class DemoQuality(CrmDb db, List<Member> members, Chance chance, DateTime now)
{
    private const int Weeks = 12;

    private static readonly (string Field, string Purpose, string Source, LawfulBasis Basis, string Use, bool Needed)[] Known =
    [
        ("email", "Offers, invoices, answers", "Web form, orders, trade fairs", LawfulBasis.Contract, "About orders; newsletters only with consent", true),
        ("phone", "Calls about orders and tastings", "Orders, business cards", LawfulBasis.Contract, "Calls on working days", false),
        ("street", "Delivery", "Orders", LawfulBasis.Contract, "Delivery and invoices", false),
        ("owner", "Everybody has somebody who looks after them", "Set by hand", LawfulBasis.LegitimateInterest, "Inside the house", true),
        ("source", "Which fairs and campaigns pay off", "Asked at the first contact", LawfulBasis.LegitimateInterest, "Reports without names", false),
        ("custom.monthly_coffee", "Planning of the roasting", "Asked in talks", LawfulBasis.LegitimateInterest, "Planning and offers", false),
        ("custom.contract_until", "Renewals in time", "Contracts", LawfulBasis.Contract, "Sales", false),
    ];

    public async Task Make(CancellationToken stop)
    {
        await db.CustomFieldsChange(stop);
        foreach (var (field, purpose, source, basis, use, needed) in Known)
        {
            var entry = new DataField(field);
            entry.Change(new DataFieldDetails
            {
                OwnerId = members[chance.Between(0, 3)].Id,
                Purpose = purpose,
                Source = source,
                Basis = basis,
                PermittedUse = use,
                Needed = needed,
                ReviewOn = DateOnly.FromDateTime(now).AddDays(chance.Between(-20, 200)),
            });
            db.DataFields.Add(entry);
        }

        db.StaleRules.Add(new StaleRule(
            new("Good customers, long quiet", StageSet.Customer | StageSet.Loyal | StageSet.Dormant, null, StaleSince.Contact, 45, "Check the data of the customer", null, 7, 5), members[0].Id));
        foreach (var customer in await db.Customers.Include(c => c.ContactPoints).OrderBy(c => c.Id).ToListAsync(stop))
        {
            if (!chance.Is(0.06)) continue;
            var details = CustomerDetails.Of(customer) with { PhoneCountry = "DE" };
            customer.Change(chance.Between(0, 2) switch
            {
                0 => details with { Phone = "ask at the counter" },
                1 => details with { Email = "info(at)example" },
                _ => details with { Country = "Europe" },
            }, now.AddDays(-chance.Between(200, 700)));
        }

        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
    }

    /// <summary>Today as it is, and weeks before it that were a little worse each.</summary>
    public async Task Count(CancellationToken stop)
    {
        var who = new CustomerFilterContext(DateOnly.FromDateTime(now), day => DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc), 0, "DE");
        await db.CountQuality(await db.LoadCustomFields(stop), who, (_, _) => Task.CompletedTask, stop);
        var rows = await db.QualityCounts.AsNoTracking().Where(q => q.Field == QualityCount.Record).ToListAsync(stop);
        for (var week = 1; week <= Weeks; week++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            // Mondays are kept longest
            var monday = who.Today.AddDays((-7 * week) - (((int)who.Today.DayOfWeek + 6) % 7));
            var day = new QualityDay(monday, monday.ToDateTime(new TimeOnly(2, 0), DateTimeKind.Utc), Tenant.UsualFreshDays);
            db.QualityDays.Add(day);
            await db.SaveChangesAsync(stop);
            await db.BulkInsert([.. rows.Select(row => Worse(row, week))], [new(nameof(QualityCount.DayId), _ => day.Id)], stop);
            await transaction.CommitAsync(stop);
        }
    }

    private QualityCount Worse(QualityCount row, int weeks)
    {
        int Less(int n) => n - Math.Min(n, chance.Between(0, (row.Total * weeks / 25) + 1));
        var (sound, filled) = (Less(row.Sound), Less(row.Filled));
        return new(row.Field, row.OwnerId, row.TeamId, row.Origin, row.Stage, row.Kind)
        {
            Total = row.Total,
            Filled = filled,
            Invalid = row.Invalid,
            Stale = row.Stale,
            Duplicate = row.Duplicate,
            Sound = sound,
            Passing = Math.Min(sound, row.Passing),
        };
    }
}
