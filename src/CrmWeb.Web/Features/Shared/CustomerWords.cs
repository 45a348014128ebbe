using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Quality;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The words people read for what a customer is, and the colour a stage has on every page.</summary>
public static class CustomerWords
{
    public static string Of(this IStringLocalizer L, CustomerKind kind) => kind == CustomerKind.Organisation ? L["Organisation"] : L["Person"];

    public static string Of(this IStringLocalizer L, LifecycleStage stage) => stage switch
    {
        LifecycleStage.Lead => L["Lead"],
        LifecycleStage.Prospect => L["Prospect"],
        LifecycleStage.Customer => L["Customer"],
        LifecycleStage.Loyal => L["Loyal"],
        LifecycleStage.Dormant => L["Dormant"],
        _ => L["Churned"],
    };

    public static string Of(this IStringLocalizer L, QualityGap gap) => gap switch
    {
        QualityGap.Incomplete => L["Incomplete"],
        QualityGap.Invalid => L["Has a value that cannot be right"],
        QualityGap.Stale => L["Stale"],
        _ => L["Possible duplicate"],
    };

    public static Tone ToneOf(LifecycleStage stage) => stage switch
    {
        LifecycleStage.Lead => Tone.Neutral,
        LifecycleStage.Prospect => Tone.Accent,
        LifecycleStage.Customer or LifecycleStage.Loyal => Tone.Good,
        LifecycleStage.Dormant => Tone.Warn,
        _ => Tone.Bad,
    };
}
