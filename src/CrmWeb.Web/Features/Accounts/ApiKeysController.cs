using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>The keys by which programs act as a member. Each member has their own; admins see all of the tenant, and can revoke them.</summary>
[Authorize(Permissions.ReadCustomers)]
public sealed class ApiKeysController(IStringLocalizer L) : TenantController
{
    private const string Fresh = "crm.api-key";
    private const string Address = "~/account/api-keys";

    [HttpGet("account/api-keys")]
    public async Task<IActionResult> List(CancellationToken stop)
    {
        var (me, all) = (Me.Id, Me.May(Permissions.ManageTenant));
        var keys = await Db.ApiKeys.AsNoTracking().Where(k => all || k.MemberId == me).OrderByDescending(k => k.Id).Take(ApiKeysPage.MostShown)
            .Select(k => new ApiKeyRow(k.Id, k.Name, k.Hint, k.Scopes, k.Member!.Name, k.CreatedAt, k.LastUsedAt, k.ExpiresAt, k.RevokedAt)).ToListAsync(stop);
        return View("ApiKeys", new ApiKeysPage(keys, all, TempData[Fresh] as string, Me.Now));
    }

    [HttpGet("account/api-keys/new")]
    public IActionResult New() => View("NewApiKey", Offer(new ApiKeyForm { Scopes = [.. ApiScopes.Of(Me.Roles)] }));

    [HttpPost("account/api-keys/new")]
    public async Task<IActionResult> Create(ApiKeyForm form, CancellationToken stop)
    {
        // nobody hands on more than they have
        if (form.Scopes.Except(ApiScopes.Of(Me.Roles), StringComparer.Ordinal).Any()) ModelState.AddModelError(nameof(form.Scopes), L["This choice is not there any more."]);
        if (!ModelState.IsValid) return this.Invalid("NewApiKey", Offer(form));

        var (key, secret) = ApiSecrets.Make(Me.Id, form.Name!, form.Scopes, Me.Now, form.Days);
        Db.ApiKeys.Add(key);
        await Db.SaveChangesAsync(stop);
        TempData[Fresh] = secret;
        return this.Done(L["The key is made"], Url.Content(Address));
    }

    [HttpPost("account/api-keys/{id:long}/revoke")]
    public async Task<IActionResult> Revoke(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } key) return NotFound();
        key.Revoke(Me.Now);
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} no longer works", key.Name], Url.Content(Address), Url.Content($"{Address}/{id}/restore"));
    }

    /// <summary>Takes a revocation back that was just made.</summary>
    [HttpPost("account/api-keys/{id:long}/restore")]
    public async Task<IActionResult> Restore(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } key || !key.MayBeRestored(Me.Now)) return NotFound();
        key.Restore();
        await Db.SaveChangesAsync(stop);
        return this.Done(L["{0} works again", key.Name], Url.Content(Address));
    }

    private Task<ApiKey?> Find(long id, CancellationToken stop)
    {
        var (me, all) = (Me.Id, Me.May(Permissions.ManageTenant));
        return Db.ApiKeys.SingleOrDefaultAsync(k => k.Id == id && (all || k.MemberId == me), stop);
    }

    private ApiKeyForm Offer(ApiKeyForm form)
    {
        ViewData["Scopes"] = ApiScopes.Choices(L, Me.Roles);
        return form;
    }
}

public sealed record ApiKeyRow(
    long Id, string Name, string Hint, string Scopes, string Member, DateTime CreatedAt, DateTime? LastUsedAt, DateTime? ExpiresAt, DateTime? RevokedAt)
{
    public bool IsOpen(DateTime now) => RevokedAt is null && (ExpiresAt is null || now < ExpiresAt);
}

/// <param name="Secret">Only right after it was made.</param>
public sealed record ApiKeysPage(IReadOnlyList<ApiKeyRow> Keys, bool OfEverybody, string? Secret, DateTime Now)
{
    public const int MostShown = 500;
}
