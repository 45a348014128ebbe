using CrmWeb.Domain.Sales;
using CrmWeb.Domain.Service;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The words and colours of sales and service.</summary>
public static class SalesWords
{
    public static string Of(this IStringLocalizer L, OrderState state) => state switch
    {
        OrderState.Placed => L["Placed"],
        OrderState.Paid => L["Paid"],
        _ => L["Returned"],
    };

    public static string Of(this IStringLocalizer L, DealState state) => state switch
    {
        DealState.Open => L["Open"],
        DealState.Won => L["Won"],
        _ => L["Lost"],
    };

    public static string Of(this IStringLocalizer L, CaseState state) => state switch
    {
        CaseState.New => L["New"],
        CaseState.Open => L["Open"],
        CaseState.Waiting => L["Waiting for the customer"],
        CaseState.Resolved => L["Resolved"],
        _ => L["Closed"],
    };

    public static Tone ToneOf(OrderState state) => state switch
    {
        OrderState.Paid => Tone.Good,
        OrderState.Returned => Tone.Warn,
        _ => Tone.Accent,
    };

    public static Tone ToneOf(DealState state) => state switch
    {
        DealState.Won => Tone.Good,
        DealState.Lost => Tone.Bad,
        _ => Tone.Accent,
    };

    public static Tone ToneOf(CaseState state) => state switch
    {
        CaseState.New => Tone.Accent,
        CaseState.Resolved or CaseState.Closed => Tone.Good,
        CaseState.Waiting => Tone.Warn,
        _ => Tone.Accent,
    };
}
