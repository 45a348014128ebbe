using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Saved views: keeping the list one is on, naming and sharing it, taking it away.</summary>
public sealed class ViewsController(IStringLocalizer L, MemberFields fields, MemberViews views) : TenantController
{
    [HttpGet("customers/views")]
    [Authorize(Permissions.ReadCustomers)]
    public async Task<IActionResult> Index(CancellationToken stop) => View("Views", await views.Seen(stop));

    [HttpGet("customers/views/new")]
    [Authorize(Permissions.EditViews)]
    public async Task<IActionResult> New(string? query, CancellationToken stop) =>
        View("View", await Page(new ViewForm { Query = ViewQuery.Read(query ?? "", await fields.Seen(stop)).Write() }, null, stop));

    [HttpPost("customers/views/new")]
    [Authorize(Permissions.EditViews)]
    public async Task<IActionResult> Create(ViewForm form, CancellationToken stop)
    {
        if (!ModelState.IsValid || await (await Writing(stop)).Create(form, stop) is not { } view) return this.Invalid("View", await Page(form, null, stop));
        return Opened(L["{0} was saved", view.Name], view.Id);
    }

    [HttpGet("customers/views/{id:long}/edit")]
    [Authorize(Permissions.EditViews)]
    public async Task<IActionResult> Edit(long id, CancellationToken stop)
    {
        if (await Mine(id, stop) is not { DeletedAt: null } view) return NotFound();
        var me = Me.Id;
        return View("View", await Page(ViewForm.Of(view, await Db.ViewMarks.AsNoTracking().SingleOrDefaultAsync(m => m.ViewId == id && m.MemberId == me, stop)), id, stop));
    }

    [HttpPost("customers/views/{id:long}/edit")]
    [Authorize(Permissions.EditViews)]
    public async Task<IActionResult> Update(long id, ViewForm form, CancellationToken stop)
    {
        if (await Mine(id, stop) is not { DeletedAt: null } view) return NotFound();
        form.Query = null;
        if (view.Version != form.Version) return await Stale(view, form, stop);
        try
        {
            if (!ModelState.IsValid || !await (await Writing(stop)).Update(view, form, stop)) return this.Invalid("View", await Page(form, id, stop));
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await Mine(id, stop) is { DeletedAt: null } newer ? await Stale(newer, form, stop) : NotFound();
        }

        return this.Done(L["{0} was saved", view.Name], Url.Content("~/customers/views"));
    }

    /// <summary>The view becomes the list that one is on.</summary>
    /// <param name="version">Of the view that the person saw.</param>
    [HttpPost("customers/views/{id:long}/query")]
    [Authorize(Permissions.EditViews)]
    public async Task<IActionResult> Replace(long id, [FromQuery] string? query, [FromQuery] int version, CancellationToken stop)
    {
        if (await Mine(id, stop) is not { DeletedAt: null } view) return NotFound();
        var kept = (await Writing(stop)).Kept(query ?? "", view);
        if (kept.Length > SavedView.QueryLength) return Refused(L["This list has more filters than a view can keep."]);
        if (view.Version != version) return Refused(L["Somebody else changed {0} in the meantime. Open it again and look.", view.Name]);
        view.Keep(kept);
        try
        {
            await Save(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refused(L["Somebody else changed {0} in the meantime. Open it again and look.", view.Name]);
        }

        return Opened(L["{0} was saved", view.Name], id);
    }

    [HttpPost("customers/views/{id:long}/delete")]
    [Authorize(Permissions.EditViews)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Mine(id, stop) is not { DeletedAt: null } view) return NotFound();
        view.Delete(Me.Now);
        await Save(stop);
        return this.Done(L["{0} was deleted", view.Name], Url.Content("~/customers/views"), Url.Content($"~/customers/views/{id}/restore"));
    }

    [HttpPost("customers/views/{id:long}/restore")]
    [Authorize(Permissions.EditViews)]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Mine(id, stop) is not { } view) return NotFound();
        view.Restore();
        await Save(stop);
        return this.Done(L["{0} is back", view.Name], Url.Content("~/customers/views"));
    }

    /// <summary>A view that the member may change; others are not there.</summary>
    private async Task<SavedView?> Mine(long id, CancellationToken stop) =>
        await ViewWriting.Find(Db, id, stop) is { } view && ViewWriting.MayChange(Me, view.OwnerId, view.SharedWith) ? view : null;

    private async Task<ViewWriting> Writing(CancellationToken stop) => new(Db, Me, ModelState, await fields.Seen(stop), L);

    private async Task Save(CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.ViewsChange(stop);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
    }

    // the list shows the view, whether it was asked for in a dialog or not
    private IActionResult Opened(string text, long id)
    {
        var to = Url.Content($"~/customers?{ViewQuery.Parameter}={id}");
        TempData.Toast(text);
        if (!Request.InDialog()) return LocalRedirect(to);
        Response.Headers["HX-Redirect"] = to;
        return NoContent();
    }

    private IActionResult Refused(string text)
    {
        TempData.Toast(text, Tone.Bad);
        return LocalRedirect(Request.Back("/customers"));
    }

    private async Task<IActionResult> Stale(SavedView view, ViewForm form, CancellationToken stop)
    {
        var teams = await Db.TeamChoices(stop);
        string? Team(long? id) => teams.Find(t => t.Value == id?.ToString(System.Globalization.CultureInfo.InvariantCulture))?.Text;
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(
            new ConflictField(L["Name"], view.Name, form.Name?.Trim()),
            new ConflictField(L["Shared with"], L.Of(view.SharedWith), L.Of(form.SharedWith)),
            new ConflictField(L["Team"], Team(view.TeamId), Team(form.SharedWith == Sharing.Team ? form.TeamId : null)));
        form.Version = view.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("View", await Page(form, view.Id, stop), StatusCodes.Status409Conflict);
    }

    private async Task<ViewForm> Page(ViewForm form, long? id, CancellationToken stop)
    {
        var teams = await Db.TeamChoices(stop);
        ViewData["Id"] = id;
        ViewData["Teams"] = Me.May(Permissions.ShareViews) ? teams : teams.Where(t => t.Value == form.TeamId?.ToString(System.Globalization.CultureInfo.InvariantCulture)
            || Me.Pass.Teams.Exists(mine => mine.ToString(System.Globalization.CultureInfo.InvariantCulture) == t.Value)).ToList();
        return form;
    }
}

public static class ViewWords
{
    public static string Of(this IStringLocalizer L, Sharing sharing) => sharing switch
    {
        Sharing.Team => L["A team"],
        Sharing.Everybody => L["Everybody"],
        _ => L["Nobody"],
    };

    /// <summary>With whom a member may share; what is chosen already stays there to be chosen.</summary>
    public static IEnumerable<SelectListItem> Choices(IStringLocalizer L, CurrentMember me, bool hasTeams, Sharing now) =>
        Words.Choices<Sharing>(sharing => L.Of(sharing)).Where(item => item.Value switch
        {
            nameof(Sharing.Everybody) => me.May(Permissions.ShareViews) || now == Sharing.Everybody,
            nameof(Sharing.Team) => hasTeams || now == Sharing.Team,
            _ => true,
        });
}
