using CrmWeb.Web.Features.Shared.Csv;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The values of one contact card, by the columns of <see cref="VCards.Columns"/>.</summary>
internal sealed class VCardValues(IReadOnlyList<VCardLine> card)
{
    private static readonly string[] NoParts = [];

    public string Of(string column) => column switch
    {
        "External id" => First("UID"),
        "Kind" => IsOrganisation ? "organisation" : "person",
        "Name" => Name,
        "First name" => Part(Compound("N"), 1),
        "Last name" => Part(Compound("N"), 0),
        "Organisation" => IsOrganisation && Part(Compound("ORG"), 0) == Name ? "" : Part(Compound("ORG"), 0),
        "Department" => string.Join(", ", Compound("ORG").Skip(1).Where(part => part.Length > 0)),
        "Job title" => First("TITLE"),
        "Email" => Part(Emails, 0),
        "Other emails" => ManyValues.Join(Emails.Skip(1)),
        "Phone" => Part(Phones, 0),
        "Other phones" => ManyValues.Join(Phones.Skip(1)),
        "Fax" => string.Join('\n', Lines("TEL").Where(IsFax).Select(Number)),
        "Website" => Part(Websites, 0),
        "Other websites" => string.Join('\n', Websites.Skip(1)),
        "Street" => string.Join(", ", Address.Take(3).Where(part => part.Length > 0)),
        "City" => Part(Address, 3),
        "Region" => Part(Address, 4),
        "Postal code" => Part(Address, 5),
        "Country" => Part(Address, 6),
        "Other addresses" => string.Join('\n', Lines("ADR").Skip(1).Select(line => OneLine(string.Join(", ", VCardText.Parts(line, ';').Where(part => part.Length > 0))))),
        "Language" => First("LANG"),
        "Tags" => ManyValues.Join(Lines("CATEGORIES").SelectMany(line => VCardText.Parts(line, ',')).Where(tag => tag.Length > 0).Select(OneLine)),
        "Description" => string.Join('\n', Lines("NOTE").Select(VCardText.Plain)),
        "Birthday" => First("BDAY"),
        _ => "",
    };

    private bool IsOrganisation =>
        First("KIND").Equals("org", StringComparison.OrdinalIgnoreCase) || First("X-ABSHOWAS").Equals("COMPANY", StringComparison.OrdinalIgnoreCase)
        || (Part(Compound("N"), 0).Length == 0 && Part(Compound("N"), 1).Length == 0 && Part(Compound("ORG"), 0) is { Length: > 0 } organisation && First("FN") is var name && (name.Length == 0 || name == organisation));

    private string Name
    {
        get
        {
            if (First("FN") is { Length: > 0 } formatted) return formatted;
            var parts = Compound("N");
            // prefix, given, additional, family, suffix
            var spoken = string.Join(' ', new[] { 3, 1, 2, 0, 4 }.Select(i => Part(parts, i)).Where(part => part.Length > 0));
            return spoken.Length > 0 ? spoken : Part(Compound("ORG"), 0);
        }
    }

    private string[] Emails => Texts("EMAIL", "mailto:");

    private string[] Websites => Texts("URL", "");

    private string[] Phones => [.. Lines("TEL").Where(line => !IsFax(line)).Select(Number).Where(number => number.Length > 0)];

    private string[] Address => Compound("ADR");

    private static bool IsFax(VCardLine line) => line.Has("TYPE", "FAX") && !line.Has("TYPE", "VOICE") && !line.Has("TYPE", "CELL");

    private static string Number(VCardLine line) => Without(OneLine(VCardText.Plain(line)), "tel:");

    private string[] Texts(string name, string scheme) => [.. Lines(name).Select(line => Without(OneLine(VCardText.Plain(line)), scheme)).Where(text => text.Length > 0)];

    // the preferred one first; the others as they stand
    private IEnumerable<VCardLine> Lines(string name) => card.Where(line => line.Name == name).OrderBy(line => line.IsPreferred ? 0 : 1);

    private string First(string name) => Lines(name).Select(VCardText.Plain).FirstOrDefault(text => text.Length > 0) ?? "";

    private string[] Compound(string name) => Lines(name).Select(line => VCardText.Parts(line, ';')).FirstOrDefault() ?? NoParts;

    private static string Part(string[] parts, int index) => index < parts.Length ? parts[index] : "";

    private static string Without(string text, string scheme) => scheme.Length > 0 && text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? text[scheme.Length..] : text;

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
