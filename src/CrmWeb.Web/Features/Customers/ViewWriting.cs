using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Keeping and changing saved views, for the pages and the API alike; what is wrong is said beside the fields of the form.</summary>
internal sealed class ViewWriting(CrmDb db, CurrentMember me, ModelStateDictionary errors, CustomFieldSet custom, IStringLocalizer L)
{
    /// <summary>Its owner changes a view; one that is shared, those who manage the tenant too.</summary>
    public static bool MayChange(CurrentMember me, long ownerId, Sharing shared) => ownerId == me.Id || (shared != Sharing.Nobody && me.May(Permissions.ManageTenant));

    /// <summary>A view that the member has, deleted or not.</summary>
    public static Task<SavedView?> Find(CrmDb db, long id, CancellationToken stop) =>
        db.SavedViews.IgnoreQueryFilters([TenantScoping.DeletedFilter]).SeenBy(db.Current.Actor).SingleOrDefaultAsync(v => v.Id == id, stop);

    /// <summary>Null when something is wrong with the form.</summary>
    public async Task<SavedView?> Create(ViewForm form, CancellationToken stop)
    {
        await Check(form, null, stop);
        if (!errors.IsValid) return null;
        var view = new SavedView(me.Id, form.Name!, ViewQuery.Read(form.Query ?? "", custom).Write(), me.Now);
        view.Share(form.SharedWith, form.TeamId);
        db.SavedViews.Add(view);
        await Save(view, form, stop);
        return view;
    }

    /// <summary>False when something is wrong with the form.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed it meanwhile.</exception>
    public async Task<bool> Update(SavedView view, ViewForm form, CancellationToken stop)
    {
        await Check(form, view, stop);
        if (!errors.IsValid) return false;
        view.Rename(form.Name!);
        view.Share(form.SharedWith, form.TeamId);
        if (form.Query is { } query) view.Keep(Kept(query, view));
        await Save(view, form, stop);
        return true;
    }

    /// <summary>The list as it is asked for, with what the view says to those who see more.</summary>
    public string Kept(string query, SavedView view) => ViewQuery.Read(query, custom).Write(ViewQuery.Read(view.Query, custom));

    /// <summary>Ids are only words until the tenant has them (T3), and with whom one may share is a question of rights.</summary>
    private async Task Check(ViewForm form, SavedView? before, CancellationToken stop)
    {
        if (form.SharedWith == Sharing.Everybody && before?.SharedWith != Sharing.Everybody && !me.May(Permissions.ShareViews))
            errors.AddModelError(nameof(form.SharedWith), L["Managers and admins share with everybody. Choose a team, or keep the view to yourself."]);
        if (form.SharedWith == Sharing.Team && form.TeamId is { } team && team != before?.TeamId && !await MayShareWith(team, stop))
            errors.AddModelError(nameof(form.TeamId), L["This choice is not there any more."]);
    }

    private async Task<bool> MayShareWith(long team, CancellationToken stop) =>
        me.Pass.Teams.Contains(team) || (me.May(Permissions.ShareViews) && await db.Teams.AnyAsync(t => t.Id == team, stop));

    private async Task Save(SavedView view, ViewForm form, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.ViewsChange(stop);
        await db.SaveChangesAsync(stop);
        await new ViewMarking(db, me).Put(view, form.IsPinned, form.IsDefault, stop);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }
}

/// <summary>What a member makes of views: pins, and what the list begins with.</summary>
internal sealed class ViewMarking(CrmDb db, CurrentMember me)
{
    /// <summary>In a transaction that <see cref="ViewsSeen.ViewsChange"/> began; the caller saves.</summary>
    public async Task Put(SavedView view, bool pinned, bool begins, CancellationToken stop)
    {
        var mine = await Mine(stop);
        var mark = mine.Find(m => m.ViewId == view.Id);
        if (mark is null)
        {
            if (!pinned && !begins) return;
            mark = new ViewMark(view, me.Id);
            db.ViewMarks.Add(mark);
        }

        if (pinned && !mark.IsPinned) mark.Position = mine.Select(m => m.Position).DefaultIfEmpty().Max() + 1;
        mark.IsPinned = pinned;
        if (begins)
        {
            // a list begins with one view
            foreach (var other in mine) other.IsDefault = false;
        }

        mark.IsDefault = begins;
    }

    /// <summary>Up or down among the pins.</summary>
    public async Task Move(long id, int by, CancellationToken stop)
    {
        var pins = (await Mine(stop)).Where(m => m.IsPinned).OrderBy(m => m.Position).ThenBy(m => m.ViewId).ToList();
        if (pins.Find(m => m.ViewId == id) is not { } mark) return;
        var place = Math.Clamp(pins.IndexOf(mark) + by, 0, pins.Count - 1);
        pins.Remove(mark);
        pins.Insert(place, mark);
        for (var i = 0; i < pins.Count; i++) pins[i].Position = i + 1;
    }

    private Task<List<ViewMark>> Mine(CancellationToken stop)
    {
        var mine = me.Id;
        return db.ViewMarks.Where(m => m.MemberId == mine).ToListAsync(stop);
    }
}
