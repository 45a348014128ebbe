using CrmWeb.Data;
using CrmWeb.Data.Service;
using CrmWeb.Web.Platform.Localisation;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Cases;

/// <summary>What other opening times, holidays or promises do to the cases that are open: told before they hold, done when they do.</summary>
internal sealed class ClockChange(CrmDb db, CurrentMember me)
{
    private const int CountedUpTo = 5_000;

    public Task<int> Count(ServiceClocks after, CancellationToken stop) => db.CountMoving(after, CountedUpTo, me.Now, stop);

    public static string Say(IStringLocalizer L, int count) => count switch
    {
        0 => L["No open case is due at another time by it."],
        1 => L["One open case will be due at another time."],
        >= CountedUpTo => L["Many open cases may be due at another time."],
        _ => L["{0} open cases will be due at another time.", Digits.Number(count)],
    };
}
