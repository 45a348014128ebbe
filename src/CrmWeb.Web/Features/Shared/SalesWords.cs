using CrmWeb.Domain.Sales;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The words people read for the values of an order.</summary>
public static class SalesWords
{
    public static string Of(this IStringLocalizer L, SalesChannel channel) => channel switch
    {
        SalesChannel.Web => L["Web shop"],
        SalesChannel.Shop => L["Shop"],
        SalesChannel.Phone => L["Phone"],
        SalesChannel.Email => L["E-mail"],
        SalesChannel.Chat => L["Chat"],
        SalesChannel.Social => L["Social"],
        SalesChannel.Visit => L["Visit"],
        SalesChannel.Marketplace => L["Marketplace"],
        SalesChannel.Partner => L["Partner"],
        _ => L["Other"],
    };

    public static string Of(this IStringLocalizer L, OrderState state) => state switch
    {
        OrderState.Paid => L["Paid"],
        OrderState.Returned => L["Returned"],
        _ => L["Placed"],
    };

    public static Badge Badge(OrderState state, IStringLocalizer L) => new(L.Of(state), state switch
    {
        OrderState.Paid => Tone.Good,
        OrderState.Returned => Tone.Bad,
        _ => Tone.Accent,
    });
}
