using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What people read for the states, rules and outcomes of an import.</summary>
public static class ImportWords
{
    public static Badge Of(ImportState state, IStringLocalizer L, JobState? job = null) => state switch
    {
        ImportState.Mapping => new(L["Being prepared"]),
        ImportState.Checked => new(L["Checked"], Tone.Accent),
        ImportState.Done => new(L["Imported"], Tone.Good),
        ImportState.Reverted => new(L["Taken back"], Tone.Neutral),
        ImportState.Failed => new(L["Stopped"], Tone.Bad),
        _ when job is JobState.Failed or JobState.Cancelled => new(L["Stopped"], Tone.Bad),
        ImportState.Checking => new(L["Being checked"], Tone.Accent),
        ImportState.Running => new(L["Running"], Tone.Accent),
        _ => new(L["Being taken back"], Tone.Warn),
    };

    public static string Of(MatchRule rule, IStringLocalizer L) => rule switch
    {
        MatchRule.ExternalId => L["By the external id"],
        MatchRule.Email => L["By an e-mail address"],
        MatchRule.Phone => L["By a phone number"],
        MatchRule.Name => L["By name and organisation"],
        _ => L["Not at all: every row is a new customer"],
    };

    public static string Of(OnMatch on, IStringLocalizer L) => on switch
    {
        OnMatch.Update => L["Update: values of the file replace what is there; empty cells change nothing"],
        OnMatch.Fill => L["Fill: only what is empty there is filled"],
        _ => L["Keep: the customer stays as it is"],
    };

    public static string Of(OnDuplicate on, IStringLocalizer L) => on switch
    {
        OnDuplicate.Skip => L["Leave the row out"],
        OnDuplicate.Update => L["Take it for the customer who is there, if the names are alike"],
        _ => L["Make a new customer; the two wait under Duplicates"],
    };

    public static string Of(ImportOf what, IStringLocalizer L) => what switch
    {
        ImportOf.Orders => L["Orders"],
        ImportOf.Interactions => L["Interactions"],
        _ => L["Customers"],
    };

    public static string Of(UnknownProducts unknown, IStringLocalizer L) => unknown switch
    {
        UnknownProducts.Make => L["Make the product, with the price of the file"],
        UnknownProducts.Describe => L["Keep the line in words, of no product"],
        _ => L["Refuse the order"],
    };

    public static string Of(RowOutcome outcome, IStringLocalizer L) => outcome switch
    {
        RowOutcome.New => L["New"],
        RowOutcome.Changed => L["Updated"],
        RowOutcome.Same => L["Unchanged"],
        _ => L["Refused"],
    };
}
