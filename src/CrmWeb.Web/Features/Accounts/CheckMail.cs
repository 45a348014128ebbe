using CrmWeb.Data;
using CrmWeb.Domain.Tenants;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Accounts;

/// <summary>"Look into your mail": the same page whether a mail was sent or not.</summary>
/// <param name="Text">With {0} for the address.</param>
/// <param name="AgainUrl">Where to ask for another.</param>
public sealed record CheckMail(string? Email, string Text, string AgainUrl);

/// <summary>
/// Where the answer is the same for a mail with a login and one without, it also comes after the same time: what is done in between differs by
/// less than this.
/// </summary>
public sealed class SteadyAnswer : IAsyncDisposable
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(400);
    private readonly Task floor = Task.Delay(Least);

    private SteadyAnswer() { }

    public static SteadyAnswer Begin() => new();

    public async ValueTask DisposeAsync() => await floor;
}

internal static class SlugChoice
{
    /// <summary>Proposes the address that was left empty; refuses one that is taken, with a free one in its place.</summary>
    public static async Task ChooseSlug(this Controller page, CrmDb db, string? organisation, string? typed, Action<string> choose, IStringLocalizer L)
    {
        var stop = page.HttpContext.RequestAborted;
        if (string.IsNullOrEmpty(typed))
        {
            choose(await SlugProposal.Free(db, SlugProposal.Of(organisation), stop));
            return;
        }

        if (Tenant.IsSlug(typed) && await SlugProposal.IsFree(db, typed, stop)) return;
        page.ModelState.AddModelError("Slug", L["This address is taken; {0} is free.", await SlugProposal.Free(db, typed, stop)]);
    }
}
