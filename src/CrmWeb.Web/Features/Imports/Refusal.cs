using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Why a row does not come in: the field and a code. Kept in a form that a sentence of any language can be made of.</summary>
public sealed record Refusal(string Field, string Code, string? Argument = null)
{
    public const string NameMissing = "name-missing";
    public const string TooLong = "too-long";
    public const string TooMany = "too-many";
    public const string NoEmail = "no-email";
    public const string NoDate = "no-date";
    public const string UnknownWord = "unknown-word";
    public const string UnknownMember = "unknown-member";
    public const string UnknownTeam = "unknown-team";
    public const string UnknownTier = "unknown-tier";
    public const string UnknownOrganisation = "unknown-organisation";
    public const string SeveralOrganisations = "several-organisations";
    public const string SeveralMatches = "several-matches";
    public const string Archived = "archived";
    public const string Taken = "taken";
    public const string NotStorable = "not-storable";
    public const string NoNumber = "no-number";
    public const string NoMoney = "no-money";
    public const string TooLarge = "too-large";
    public const string NoYesNo = "no-yes-no";
    public const string NoLink = "no-link";
    public const string NoOption = "no-option";
    public const string UnknownCustomer = "unknown-customer";
    public const string Missing = "missing";
    public const string BrokenQuote = "broken-quote";
    public const string TooManyValues = "too-many-values";
    public const string BrokenCard = "broken-card";
    public const string NoQuantity = "no-quantity";
    public const string NoCurrency = "no-currency";
    public const string NoRate = "no-rate";
    public const string UnknownProduct = "unknown-product";
    public const string Twice = "twice";
    public const string OrderTaken = "order-taken";
    public const string Contradicts = "contradicts";
    public const string NotTheSum = "not-the-sum";
    public const string OtherRow = "other-row";
    public const string NoMinutes = "no-minutes";

    private const int MaxLength = ImportRow.ReasonLength;
    private const char Part = '\t';
    private const char Next = '\n';

    public static string Of(CustomProblem problem) => problem switch
    {
        CustomProblem.TooLong => TooLong,
        CustomProblem.NoNumber => NoNumber,
        CustomProblem.NoMoney => NoMoney,
        CustomProblem.NoDate => NoDate,
        CustomProblem.NoYesNo => NoYesNo,
        CustomProblem.NoLink => NoLink,
        CustomProblem.NoOption => NoOption,
        CustomProblem.Missing => Missing,
        CustomProblem.Taken => Taken,
        _ => UnknownMember,
    };

    /// <summary>One text for all, short enough for its column.</summary>
    public static string Join(IEnumerable<Refusal> refusals)
    {
        var text = string.Join(Next, refusals.Select(r => string.Join(Part, r.Field, r.Code, r.Argument)));
        if (text.Length <= MaxLength) return text;
        var cut = text.LastIndexOf(Next, MaxLength - 1);
        return text[..(cut > 0 ? cut : MaxLength)];
    }

    /// <param name="reason">What <see cref="Join"/> wrote.</param>
    /// <param name="L">The language.</param>
    /// <param name="fields">The custom fields that the reader sees.</param>
    public static string Say(string? reason, IStringLocalizer L, CustomFieldSet fields) => string.Join("; ", (reason ?? "").Split(Next).Select(line => Say(line.Split(Part), L, fields)));

    private static string Say(string[] parts, IStringLocalizer L, CustomFieldSet fields)
    {
        if (parts.Length < 2) return parts[0];
        var sentence = Sentence(parts[1], parts.Length > 2 ? parts[2] : "", L);
        return parts[0].Length == 0 ? sentence : $"{FieldLabels.Of(parts[0], L, fields)}: {sentence}";
    }

    private static string Sentence(string code, string argument, IStringLocalizer L) => code switch
    {
        NameMissing => L["there is no name, and no address to take its place"],
        TooLong => L["is longer than {0} characters", argument],
        TooMany => L["are more than {0}", argument],
        NoEmail => L["is no e-mail address"],
        NoDate => L["is no date, or not in the order that was chosen"],
        UnknownWord => L["is none of: {0}", argument],
        UnknownMember => L["is nobody here; a mail address or the full name is needed"],
        UnknownTeam => L["is no team here"],
        UnknownTier => L["is no service tier that is in use here"],
        UnknownOrganisation => L["is not there, and organisations are not to be made"],
        SeveralOrganisations => L["is the name of several organisations"],
        SeveralMatches => L["fits several customers"],
        Archived => L["belongs to a customer that is archived or not yours to see"],
        Taken => L["belongs to another customer already"],
        NotStorable => L["has a character that cannot be stored"],
        NoNumber => L["is no number, or may be read in two ways"],
        NoMoney => L["is no amount, or may be read in two ways"],
        TooLarge => L["is larger than can be kept"],
        NoYesNo => L["is neither yes nor no"],
        NoLink => L["is no address of a web page"],
        NoOption => L["is none of the options"],
        UnknownCustomer => L["is not one customer here; an external id or the full name is needed"],
        Missing => L["must be filled in"],
        BrokenQuote => L["the quotes of the row are broken: what follows may be missing"],
        TooManyValues => L["the row has more values than the file has columns"],
        BrokenCard => L["the contact card is not whole"],
        NoQuantity => L["is no whole number from 1 on"],
        NoCurrency => L["is no code of a currency"],
        NoRate => L["has no exchange rate on that day"],
        UnknownProduct => L["is no product here"],
        Twice => L["stands in the file already"],
        Contradicts => L["is not the same in all rows of the order"],
        NotTheSum => L["is not quantity × unit price"],
        OtherRow => L["another row of this order is refused, and an order comes in whole or not at all"],
        NoMinutes => L["is no whole number of minutes from 0 to {0}", argument],
        OrderTaken => L["belongs to an order of another customer, or one that is put away"],
        _ => code,
    };
}
