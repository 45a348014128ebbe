using System.Globalization;
using CrmWeb.Data.Duplicates;
using CrmWeb.Data.Merging;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Tenants;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Data.Seeds;

/// <summary>
/// What the colleagues of the demo did with their customers: views they keep, a bulk edit that ran and one that waits, two customers merged, pairs to
/// decide about, and a key for a program.
/// </summary>
internal sealed class DemoWork(CrmDb db, List<Member> members, List<Team> teams, DateTime now)
{
    private Member Admin => members[0];
    private Member Manager => members[1];
    private Member Sales => members[3];

    /// <summary>Outside of a transaction: merging and scanning have their own.</summary>
    public async Task Make(CancellationToken stop)
    {
        await KeepViews(stop);
        db.ApiKeys.Add(new ApiKey(Admin.Id, "Web shop", ["customers.read", "customers.edit"], Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(ApiKey.HashLength / 2)), "crm_demo3x8f", now.AddDays(-60), now.AddDays(305)));
        await db.SaveChangesAsync(stop);
        await EditMany(stop);
        await StandTwice(stop);
        await ThrowAway(stop);
        db.Current.Through(Via.Command);
        await db.ScanForDuplicates((_, _) => Task.CompletedTask, stop);
    }

    private async Task KeepViews(CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.ViewsChange(stop);
        SavedView[] views =
        [
            View(Admin, "Without an owner", "owner.op=empty&sort=-created", Sharing.Nobody),
            View(Manager, "Wholesale leads", "kind=organisation&stage=lead&stage=prospect&columns=name,stage,owner,city,custom.monthly_coffee&sort=-created", Sharing.Team),
            View(Manager, "Loyal customers", "stage=loyal&columns=name,email,phone,owner,contact&sort=contact", Sharing.Everybody),
            View(Sales, "My prospects", "stage=prospect&owner=me", Sharing.Nobody),
        ];
        db.SavedViews.AddRange(views);
        db.ViewMarks.AddRange(
            new ViewMark(views[0], Admin.Id) { IsPinned = true, Position = 1 }, new ViewMark(views[2], Admin.Id) { IsPinned = true, Position = 2 },
            new ViewMark(views[1], Sales.Id) { IsPinned = true, Position = 1 }, new ViewMark(views[3], Sales.Id) { IsPinned = true, Position = 2 }, new ViewMark(views[1], Manager.Id) { IsDefault = true });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    private SavedView View(Member owner, string name, string query, Sharing sharing)
    {
        var view = new SavedView(owner.Id, name, query, now.AddDays(-90));
        view.Share(sharing, teams[0].Id);
        return view;
    }

    private async Task EditMany(CancellationToken stop)
    {
        const string tag = "Autumn fair 2026";
        var ids = await db.Customers.Where(c => c.Kind == CustomerKind.Organisation && c.Stage == LifecycleStage.Lead).OrderBy(c => c.Id).Select(c => c.Id).Take(12).ToListAsync(stop);
        var at = now.AddDays(-2);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var edit = new BulkEdit(null, Written(ids), Admin.Id, at)
        {
            What = $$"""{"act":"Add","field":"tags","values":["{{tag}}"]}""",
            State = BulkState.Done,
            StartedAt = at,
            FinishedAt = at.AddSeconds(1),
            LastId = ids.Count > 0 ? ids[^1] : 0,
            ChangedCount = ids.Count,
        };
        db.BulkEdits.Add(edit);
        await db.SaveChangesAsync(stop);
        db.Current.Through(Via.Bulk, edit.Id);
        await db.GiveTags(ids.ConvertAll(id => (id, SearchText.Fold(tag), tag)), new HashSet<long>(), stop);
        await db.RefreshSearch(ids, renamed: false, stop);
        db.Current.Through(Via.Command);
        db.BulkEdits.Add(new BulkEdit(null, Written(ids.Take(5)), Admin.Id, now) { What = """{"act":"Set","field":"preferredChannel","values":["call"]}""" });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        db.ChangeTracker.Clear();
    }

    private static string Written(IEnumerable<long> ids) => string.Join(' ', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Some who were written down a second time; two of them are one again.</summary>
    private async Task StandTwice(CancellationToken stop)
    {
        var known = await db.Customers.AsNoTracking().Where(c => c.Email != null && c.Phone != null).OrderBy(c => c.Id).Take(200).ToListAsync(stop);
        var people = known.Where(c => c.Kind == CustomerKind.Person && c.Name.Contains(' ', StringComparison.Ordinal)).Take(3).ToList();
        var firms = known.Where(c => c.Kind == CustomerKind.Organisation).Take(2).ToList();
        var merged = Again(people[0], people[0].Name) with { Email = null, City = "Hamburg" };
        Customer[] again =
        [
            new(merged, now.AddDays(-9)),
            new(Again(people[1], string.Join(' ', people[1].Name.Split(' ').Reverse())) with { Phone = null }, now.AddDays(-6)),
            new(Again(people[2], people[2].Name) with { Email = null }, now.AddDays(-4)),
            new(Again(firms[0], firms[0].Name[..^1]), now.AddDays(-3)),
            new(Again(firms[1], firms[1].Name) with { Phone = null }, now.AddDays(-1)),
        ];
        again[0].Log(new() { Channel = Channel.Call, Direction = Direction.Inbound, Outcome = Outcome.None, OccurredAt = now.AddDays(-8), Subject = "Asked for samples" }, Sales.Id, now.AddDays(-8));
        db.Customers.AddRange(again);
        await db.SaveChangesAsync(stop);
        var (stays, goes) = (people[0].Id, again[0].Id);
        db.ChangeTracker.Clear();
        var fields = await db.LoadCustomFields(stop);
        var versions = await db.Customers.Where(c => c.Id == stays || c.Id == goes).ToDictionaryAsync(c => c.Id, c => c.Version, stop);
        await db.MergeCustomers(new(stays, versions[stays]), new(goes, versions[goes]), fields, (mine, theirs, field) => field.IsEmpty(mine) && !field.IsEmpty(theirs), "DE", stop);
    }

    private async Task ThrowAway(CancellationToken stop)
    {
        var gone = await db.Customers.Where(c => c.Stage == LifecycleStage.Churned && c.Kind == CustomerKind.Person).OrderBy(c => c.Id).FirstOrDefaultAsync(stop);
        gone?.Archive(now.AddDays(-5));
        (await db.Interactions.Where(i => !i.IsPlanned).OrderBy(i => i.Id).FirstOrDefaultAsync(stop))?.Delete(now.AddDays(-3));
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
    }

    private static CustomerDetails Again(Customer customer, string name) => new()
    {
        Kind = customer.Kind,
        Name = name,
        Email = customer.Email,
        Phone = customer.Phone,
        Country = customer.Country,
        Stage = LifecycleStage.Lead,
        OwnerId = customer.OwnerId,
        TeamId = customer.TeamId,
        Source = "Trade fair",
        PhoneCountry = "DE",
    };
}
