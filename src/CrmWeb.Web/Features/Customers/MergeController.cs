using CrmWeb.Data.Merging;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Merges;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Customers;

/// <summary>Makes one customer of two, and two of one again.</summary>
public sealed class MergeController(IStringLocalizer L, MemberFields fields) : TenantController
{
    [HttpGet("customers/{id:long}/merge")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Show(long id, long? with, bool queue, CancellationToken stop) =>
        await Read(id, with is { } other ? new MergeForm { With = other, Queue = queue } : null, stop) is { } page ? View("Merge", page) : NotFound();

    [HttpPost("customers/{id:long}/merge")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Merge(long id, MergeForm form, CancellationToken stop)
    {
        if (await Read(id, form, stop) is not { Other: { } other } page) return NotFound();
        if (page.Survivor.Version != form.Version || other.Version != form.OtherVersion) return this.Invalid("Merge", page with { ChangedMeanwhile = true }, StatusCodes.Status409Conflict);
        Db.ChangeTracker.Clear();
        if (!await Fits(id, form, stop)) return this.Invalid("Merge", page);
        Db.ChangeTracker.Clear();
        try
        {
            var takes = MergePage.TakesOther(form, await fields.Seen(stop));
            if (await Db.MergeCustomers(new(id, form.Version), new(form.With, form.OtherVersion), await fields.All(stop), takes, Me.Pass.Country, stop) is not { } merge) return NotFound();
            return this.Done(L["{0} and {1} are one now", page.Survivor.Name, other.Name], Url.Content(form.Queue ? "~/duplicates" : $"~/customers/{id}"), Url.Content($"~/customers/merges/{merge}/undo"));
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await Read(id, form, stop) is { } anew ? this.Invalid("Merge", anew with { ChangedMeanwhile = true }, StatusCodes.Status409Conflict) : NotFound();
        }
    }

    [HttpPost("customers/merges/{id:long}/undo")]
    [Authorize(Permissions.EditCustomers)]
    public async Task<IActionResult> Undo(long id, CancellationToken stop)
    {
        if (await Db.Merges.AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, stop) is not { } merge) return NotFound();
        var survivor = Url.Content($"~/customers/{merge.SurvivorId}");
        if (merge.UndoneAt is not null) return NotFound();
        if (!merge.MayBeUndone(Me.Now)) return this.Done(L["This merge is too old to be taken apart."], survivor);
        if (await Db.MergedSince(merge, stop) is { } later) return this.Done(L["Take the later merge with {0} apart first.", later], survivor);
        return await Db.UnmergeCustomers(id, await fields.All(stop), Me.Pass.Country, stop) ? this.Done(L["They are two again"], survivor) : NotFound();
    }

    private async Task<MergePage?> Read(long id, MergeForm? form, CancellationToken stop) =>
        await MergePage.Read(Db, id, form, await fields.Seen(stop), Me.Now, L, stop);

    /// <summary>What would not be one customer, or more of it than a customer may have.</summary>
    private async Task<bool> Fits(long id, MergeForm form, CancellationToken stop)
    {
        var all = await fields.All(stop);
        if (await CustomerWriting.Load(Db, id, stop) is not { } mine || await CustomerWriting.Load(Db, form.With, stop) is not { } theirs) return false;
        if (mine.Kind != theirs.Kind)
        {
            ModelState.AddModelError("", L["A person and an organisation cannot be merged. Change the kind of one of them first."]);
            return false;
        }

        var takes = MergePage.TakesOther(form, await fields.Seen(stop));
        var (own, others) = (CustomerDetails.Of(mine, all) with { PhoneCountry = Me.Pass.Country }, CustomerDetails.Of(theirs, all));
        var merged = MergedDetails.Of((id, own), (form.With, others), all, field => takes(own, others, field));
        if (merged.OtherEmails.Length <= CustomerDetails.MaxOtherContacts && merged.OtherPhones.Length <= CustomerDetails.MaxOtherContacts) return true;
        ModelState.AddModelError("", L["Together they have more than {0} further addresses or numbers. Remove some of them first.", CustomerDetails.MaxOtherContacts]);
        return false;
    }
}
