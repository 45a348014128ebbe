using System.Globalization;
using CrmWeb.Domain.Customers.Imports;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Why a row does not come in: the field, and a sentence that is a key of the texts. Kept in a form that any reader's language can be made of.</summary>
public sealed record Refusal(string Field, string Sentence, string? Argument = null)
{
    public const string NameMissing = "there is no name, and no address to take its place";
    public const string TooLong = "is longer than {0} characters";
    public const string TooMany = "are more than {0}";
    public const string NoEmail = "is no e-mail address";
    public const string NoDate = "is no date, or not in the order that was chosen";
    public const string UnknownWord = "is none of: {0}";
    public const string UnknownMember = "is nobody here; a mail address or the full name is needed";
    public const string UnknownTeam = "is no team here";
    public const string UnknownOrganisation = "is not there, and organisations are not to be made";
    public const string SeveralOrganisations = "is the name of several organisations";
    public const string SeveralMatches = "fits several customers";
    public const string Archived = "belongs to a customer that is archived or not yours to see";
    public const string Taken = "belongs to another customer already";
    public const string NotStorable = "has a character that cannot be stored";
    public const string BrokenQuote = "the quotes of the row are broken: what follows may be missing";
    public const string TooManyValues = "the row has more values than the file has columns";
    public const string BrokenCard = "the contact card is not whole";

    private const char Part = '\t';
    private const char Next = '\n';

    /// <summary>One text for all, short enough for its column.</summary>
    public static string Join(IEnumerable<Refusal> refusals)
    {
        var text = string.Join(Next, refusals.Select(r => string.Join(Part, r.Field, r.Sentence, r.Argument)));
        if (text.Length <= Domain.Customers.Imports.ImportRow.ReasonLength) return text;
        var cut = text.LastIndexOf(Next, Domain.Customers.Imports.ImportRow.ReasonLength - 1);
        return text[..(cut > 0 ? cut : Domain.Customers.Imports.ImportRow.ReasonLength)];
    }

    public static string Say(string? reason, IStringLocalizer L) => string.Join("; ", (reason ?? "").Split(Next).Select(line => Sentences(line.Split(Part), L)));

    private static string Sentences(string[] parts, IStringLocalizer L)
    {
        if (parts.Length < 2) return parts[0];
        var sentence = parts.Length > 2 && parts[2].Length > 0 ? L[parts[1], parts[2]] : L[parts[1]];
        return parts[0].Length == 0 ? sentence : string.Create(CultureInfo.CurrentCulture, $"{FieldLabels.Of(parts[0], L)}: {sentence}");
    }
}
