using CrmWeb.Domain.Customers;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared;

/// <summary>The words people read for the values of a contact or a task: the same on every page, in lists of choices and in exports.</summary>
public static class Words
{
    public static string Of(this IStringLocalizer L, Channel channel) => channel switch
    {
        Channel.Call => L["Call"],
        Channel.Email => L["E-mail"],
        Channel.Meeting => L["Meeting"],
        Channel.Chat => L["Chat"],
        Channel.Social => L["Social"],
        Channel.Visit => L["Visit"],
        _ => L["Note"],
    };

    public static string Of(this IStringLocalizer L, Direction direction) => direction == Direction.Inbound ? L["From the customer"] : L["From us"];

    public static string Of(this IStringLocalizer L, Outcome outcome) => outcome switch
    {
        Outcome.Reached => L["Reached"],
        Outcome.NoAnswer => L["No answer"],
        Outcome.LeftMessage => L["Left a message"],
        Outcome.Interested => L["Interested"],
        Outcome.NotInterested => L["Not interested"],
        Outcome.FollowUp => L["Follow up"],
        Outcome.Resolved => L["Resolved"],
        _ => L["No outcome"],
    };

    public static string Of(this IStringLocalizer L, Priority priority) => priority switch
    {
        Priority.High => L["High"],
        Priority.Low => L["Low"],
        _ => L["Normal"],
    };

    public static string Of(this IStringLocalizer L, Repeat repeat) => repeat switch
    {
        Repeat.Daily => L["Every day"],
        Repeat.Weekly => L["Every week"],
        Repeat.Monthly => L["Every month"],
        Repeat.Yearly => L["Every year"],
        _ => L["Does not repeat"],
    };

    /// <summary>Good news, bad news, or neither.</summary>
    public static Tone ToneOf(Outcome outcome) => outcome switch
    {
        Outcome.Reached or Outcome.Interested or Outcome.Resolved => Tone.Good,
        Outcome.NoAnswer or Outcome.LeftMessage or Outcome.FollowUp => Tone.Warn,
        Outcome.NotInterested => Tone.Bad,
        _ => Tone.Neutral,
    };

    /// <summary>Every value with its word, for a select or radios; <paramref name="icon"/> names a picture for each.</summary>
    public static IReadOnlyList<SelectListItem> Choices<T>(Func<T, string> word, Func<T, string>? icon = null) where T : struct, Enum =>
        [.. Enum.GetValues<T>().Select(value => new SelectListItem(word(value), value.ToString()) { Group = icon is null ? null : new SelectListGroup { Name = icon(value) } })];
}
