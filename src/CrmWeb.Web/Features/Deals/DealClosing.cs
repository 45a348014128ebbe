using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Sales;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Deals;

/// <summary>What holds for deciding a deal, on the page and in the API alike.</summary>
internal static class DealClosing
{
    /// <summary>A lost deal needs a reason where the tenant has any; a won one may have one.</summary>
    public static async Task Check(CrmDb db, DealState state, CloseForm form, ModelStateDictionary errors, IStringLocalizer L, CancellationToken stop)
    {
        var why = state == DealState.Won ? ReasonFor.Won : ReasonFor.Lost;
        if (form.ReasonId is { } reason)
        {
            if (!await db.Reasons.AnyAsync(r => r.Id == reason && r.For == why, stop)) errors.AddModelError(nameof(form.ReasonId), L["This choice is not there any more."]);
        }
        else if (state == DealState.Lost && await db.Reasons.AnyAsync(r => r.For == why, stop)) errors.AddModelError(nameof(form.ReasonId), L["Choose why it was lost."]);
    }

    /// <summary>The deal stands where it stood; where that stage is gone, in the first one of its pipeline, or of any. False when there is no stage at all. Needs an open transaction; the caller saves.</summary>
    public static async Task<bool> Reopen(CrmDb db, Deal deal, CurrentMember me, CancellationToken stop)
    {
        if (await db.StageFor(deal, stop) is not { } stage) return false;
        deal.Reopen(me.Id, me.Now);
        deal.Move(stage, me.Id, me.Now);
        return true;
    }
}
