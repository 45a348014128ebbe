using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CrmWeb.Web.Features.Customers;

[Route("api/v1/views")]
[Tags("Views")]
public sealed class ViewsApiController(MemberFields fields, MemberViews views) : ApiController
{
    private static readonly string[] Sorts = ["name"];

    [HttpGet("")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "List saved views", Description = "Those of the member, of their teams and of everybody, by name.")]
    [ProducesResponseType<ApiList<ViewJson>>(200)]
    public async Task<IActionResult> List([FromQuery] ApiPage page, CancellationToken stop)
    {
        page.Check(ModelState, L);
        if (page.Sort is { Length: > 0 } sort && !Sorts.Contains(sort, StringComparer.Ordinal)) ApiPage.NoSuchSort(ModelState, L, Sorts);
        foreach (var unknown in Request.Query.Keys.Except(ApiPage.Parameters, StringComparer.Ordinal)) ModelState.AddModelError(unknown, L["There is no such parameter, or not with this value."]);
        var all = await views.Seen(stop);
        // by name and number; the view that a page ended with may be gone, its place is not
        var (after, id) = (page.After ?? "").LastIndexOf('.') is > -1 and var dot && long.TryParse(page.After![(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? (page.After[..dot], last) : ("", 0);
        if (id == 0 && !string.IsNullOrEmpty(page.After)) ApiPage.NoSuchPage(ModelState, L);
        if (!ModelState.IsValid) return Invalid();

        var custom = await fields.Seen(stop);
        var rows = all.Where(view => string.CompareOrdinal(SearchText.Fold(view.Name), after) is var order && (order > 0 || (order == 0 && view.Id > id))).Take(page.Size + 1).ToList();
        return Ok(page.Page(rows, view => string.Create(CultureInfo.InvariantCulture, $"{SearchText.Fold(view.Name)}.{view.Id}"), view => ViewJson.Of(view, custom)));
    }

    [HttpGet("{id:long}")]
    [Authorize(Permissions.ReadCustomers)]
    [Display(Name = "Read a saved view")]
    [ProducesResponseType<ViewJson>(200)]
    public async Task<IActionResult> Show(long id, CancellationToken stop) =>
        await views.Find(id, stop) is { } view ? One(ViewJson.Of(view, await fields.Seen(stop)), id, view.Version) : NotFound();

    [HttpPost("")]
    [Authorize(Permissions.EditViews)]
    [Display(Name = "Add a saved view")]
    [ProducesResponseType<ViewJson>(201)]
    public async Task<IActionResult> Create(ViewInput input, CancellationToken stop)
    {
        var form = input.ToForm();
        await Check(form, stop);
        if (!ModelState.IsValid || await (await Writing(stop)).Create(form, stop) is not { } view) return Invalid();
        return Made("views", await Told(view.Id, stop), view.Id, view.Version);
    }

    [HttpPut("{id:long}")]
    [Authorize(Permissions.EditViews)]
    [Display(Name = "Replace a saved view", Description = "Its owner may; of a shared one, admins too.")]
    [ProducesResponseType<ViewJson>(200)]
    public async Task<IActionResult> Replace(long id, ViewInput input, CancellationToken stop) =>
        await Mine(id, stop) is { } view ? await Change(view, input, stop) : NotFound();

    [HttpPatch("{id:long}")]
    [Authorize(Permissions.EditViews)]
    [Consumes("application/json", "application/merge-patch+json")]
    [Display(Name = "Change a saved view", Description = "Only the fields that are there are changed; null empties one.")]
    [ProducesResponseType<ViewJson>(200)]
    public async Task<IActionResult> Patch(long id, [FromBody] JsonElement changes, CancellationToken stop)
    {
        if (await Mine(id, stop) is not { } view) return NotFound();
        return Merge(ViewInput.Of(await Told(id, stop)), changes) is { } merged ? await Change(view, merged, stop) : Invalid();
    }

    [HttpDelete("{id:long}")]
    [Authorize(Permissions.EditViews)]
    [Display(Name = "Delete a saved view")]
    [ProducesResponseType(204)]
    public async Task<IActionResult> Delete(long id, CancellationToken stop)
    {
        if (await Mine(id, stop) is not { } view) return NotFound();
        if (!IsExpected(view)) return ChangedMeanwhile();
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.ViewsChange(stop);
        view.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return NoContent();
    }

    private async Task<IActionResult> Change(SavedView view, ViewInput input, CancellationToken stop)
    {
        if (!IsExpected(view)) return ChangedMeanwhile();
        var form = input.ToForm();
        await Check(form, stop);
        if (!ModelState.IsValid || !await (await Writing(stop)).Update(view, form, stop)) return Invalid();
        // an admin who takes back what somebody shared no longer has it
        return (await views.Read(stop)).FirstOrDefault(v => v.Id == view.Id) is { } now ? One(ViewJson.Of(now, await fields.Seen(stop)), view.Id, view.Version) : NoContent();
    }

    private async Task Check(ViewForm form, CancellationToken stop)
    {
        await Validate(form, stop);
        var read = ViewQuery.Read(form.Query ?? "", await fields.Seen(stop));
        foreach (var unknown in read.Unread.Select(pair => pair.Key).Distinct(StringComparer.Ordinal))
            ModelState.AddModelError(nameof(form.Query), $"{unknown}: {L["There is no such parameter, or not with this value."]}");
    }

    private async Task<ViewWriting> Writing(CancellationToken stop) => new(Db, Me, ModelState, await fields.Seen(stop), L);

    // as it is now: what is remembered is of the beginning of the request
    private async Task<ViewJson> Told(long id, CancellationToken stop) => ViewJson.Of((await views.Read(stop)).First(view => view.Id == id), await fields.Seen(stop));

    private async Task<SavedView?> Mine(long id, CancellationToken stop) =>
        await ViewWriting.Find(Db, id, stop) is { DeletedAt: null } view && ViewWriting.MayChange(Me, view.OwnerId, view.SharedWith) ? view : null;
}
