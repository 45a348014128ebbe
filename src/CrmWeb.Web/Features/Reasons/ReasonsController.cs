using System.ComponentModel.DataAnnotations;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using FluentValidation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Reasons;

/// <summary>The answers to "why?" of every kind, on one page.</summary>
[Authorize(Permissions.ManageTenant)]
public sealed class ReasonsController(IStringLocalizer L) : TenantController
{
    private const string List = "~/settings/reasons";
    private static readonly string[] Away = [TenantScoping.DeletedFilter];

    [HttpGet("settings/reasons")]
    public async Task<IActionResult> Index(CancellationToken stop) =>
        View("Reasons", await Db.Reasons.AsNoTracking().IgnoreQueryFilters(Away).OrderBy(r => r.Position).ThenBy(r => r.Id).ToListAsync(stop));

    [HttpGet("settings/reasons/new")]
    public IActionResult New(ReasonFor kind) => Enum.IsDefined(kind) ? View("Reason", new ReasonForm { For = kind }) : NotFound();

    [HttpPost("settings/reasons/new")]
    public async Task<IActionResult> Create(ReasonForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        var beside = await Beside(form.For, stop);
        CheckName(form, beside, null);
        if (beside.Count >= Reason.Most) ModelState.AddModelError(nameof(form.Name), L["There are {0} reasons already, and more do not fit.", beside.Count]);
        if (!ModelState.IsValid) return this.Invalid("Reason", form);
        var reason = new Reason(form.For, form.Name!, beside.Select(r => r.Position).DefaultIfEmpty().Max() + 1);
        Db.Reasons.Add(reason);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} added", reason.Name], Url.Content(List));
    }

    [HttpGet("settings/reasons/{id:long}")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop) =>
        await Find(id, stop) is { } reason ? View("Reason", Page(new ReasonForm { For = reason.For, Name = reason.Name, Version = reason.Version }, reason)) : NotFound();

    [HttpPost("settings/reasons/{id:long}")]
    public async Task<IActionResult> Save(long id, ReasonForm form, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } reason) return NotFound();
        if (form.Version != reason.Version) return Stale(form, reason);
        CheckName(form, await Beside(reason.For, stop), id);
        if (!ModelState.IsValid) return this.Invalid("Reason", Page(form, reason));
        reason.Rename(form.Name!);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return this.Done(L["{0} saved", reason.Name], Url.Content(List));
    }

    [HttpPost("settings/reasons/{id:long}/up")]
    public Task<IActionResult> Up(long id, CancellationToken stop) => Move(id, -1, stop);

    [HttpPost("settings/reasons/{id:long}/down")]
    public Task<IActionResult> Down(long id, CancellationToken stop) => Move(id, 1, stop);

    [HttpPost("settings/reasons/{id:long}/delete")]
    public async Task<IActionResult> PutAway(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } reason) return NotFound();
        reason.Delete(Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} is not offered any more; what it was given for keeps it", reason.Name], Url.Content(List), Url.Content($"{List}/{id}/restore"));
    }

    [HttpPost("settings/reasons/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Db.Reasons.IgnoreQueryFilters(Away).SingleOrDefaultAsync(r => r.Id == id, stop) is not { } reason) return NotFound();
        reason.Restore();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} is back", reason.Name], Url.Content(List));
    }

    private async Task<IActionResult> Move(long id, int by, CancellationToken stop)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(stop);
        await Db.HoldTenant(stop);
        if (await Find(id, stop) is not { } reason) return NotFound();
        Places.Move(await Beside(reason.For, stop), reason, by, (r, place) => r.Position = place);
        await Db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return LocalRedirect(Url.Content(List));
    }

    private Task<Reason?> Find(long id, CancellationToken stop) => Db.Reasons.SingleOrDefaultAsync(r => r.Id == id, stop);

    private Task<List<Reason>> Beside(ReasonFor why, CancellationToken stop) => Db.Reasons.Where(r => r.For == why).OrderBy(r => r.Position).ThenBy(r => r.Id).ToListAsync(stop);

    private void CheckName(ReasonForm form, List<Reason> beside, long? id)
    {
        if (beside.Exists(r => r.Id != id && string.Equals(r.Name, form.Name?.Trim(), StringComparison.OrdinalIgnoreCase)))
            ModelState.AddModelError(nameof(form.Name), L["There is a reason of this name already."]);
    }

    private IActionResult Stale(ReasonForm form, Reason now)
    {
        ViewData[Shared.Conflict.Key] = Shared.Conflict.Of(new ConflictField(L["Name"], now.Name, form.Name));
        form.Version = now.Version;
        ModelState.Remove(nameof(form.Version));
        return this.Invalid("Reason", Page(form, now), StatusCodes.Status409Conflict);
    }

    private ReasonForm Page(ReasonForm form, Reason reason)
    {
        ViewData["Reason"] = reason;
        return form;
    }
}

public sealed class ReasonForm
{
    public ReasonFor For { get; set; }
    [Display(Name = "Name")] public string? Name { get; set; }
    public int Version { get; set; }
}

public sealed class ReasonFormValidator : AbstractValidator<ReasonForm>
{
    public ReasonFormValidator(IStringLocalizer L)
    {
        RuleFor(f => f.For).IsInEnum().WithMessage(_ => L["This choice is not there any more."]);
        RuleFor(f => f.Name).Must(name => !string.IsNullOrWhiteSpace(name)).WithMessage(_ => L["Please fill this in."]);
        RuleFor(f => f.Name).Must(name => name is null || name.Trim().Length <= Reason.NameLength).WithMessage(_ => L["At most {0} characters fit here.", Reason.NameLength]);
    }
}
