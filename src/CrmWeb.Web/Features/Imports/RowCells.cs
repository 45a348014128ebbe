using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared.Csv;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The cells of one row, taken one after the other.</summary>
internal sealed class RowCells(ImportSettings settings, ImportPeople people)
{
    private readonly List<DetailField> given = new(12);
    private readonly List<Refusal> refusals = [];
    private CustomerDetails details = new()
    {
        Name = "",
        Kind = settings.Defaults.Kind,
        Stage = settings.Defaults.Stage,
        OwnerId = settings.Defaults.OwnerId,
        TeamId = settings.Defaults.TeamId,
        Source = settings.Defaults.Source,
    };
    private (string? First, string? Last) names;
    private string? organisation;
    private readonly List<(CustomField Field, string Text)> references = [];
    private string[] tags = [];
    private DateTime? createdAt;

    public void Refuse(string field, string sentence, string? argument = null) => refusals.Add(new(field, sentence, argument));

    public void Take(string field, string text)
    {
        switch (field)
        {
            case ImportField.FirstName: names.First = text.Trim(); break;
            case ImportField.LastName: names.Last = text.Trim(); break;
            case ImportField.Organisation: organisation = Short(field, text, CustomerDetails.NameLength); break;
            case ImportField.Tags: tags = ReadTags(text); break;
            case ImportField.CreatedAt: ReadDate(text); break;
            case ImportField.Kind: Word(field, CellWords.Kind(text, out var kind), CellWords.Allowed<CustomerKind>(), details with { Kind = kind }); break;
            case ImportField.Stage: Word(field, CellWords.Stage(text, out var stage), CellWords.Allowed<LifecycleStage>(), details with { Stage = stage }); break;
            case ImportField.PreferredChannel: Word(field, CellWords.Way(text, out var way), CellWords.Allowed<Channel>(), details with { PreferredChannel = way }); break;
            case ImportField.Owner: Link(field, "ownerId", people.Members, text, id => details with { OwnerId = id }, Refusal.UnknownMember); break;
            case ImportField.Team: Link(field, "teamId", people.Teams, text, id => details with { TeamId = id }, Refusal.UnknownTeam); break;
            case ImportField.ServiceTier: Link(field, "serviceTierId", people.Tiers, text, id => details with { ServiceTierId = id }, Refusal.UnknownTier); break;
            case ImportField.Email: Mail(text); break;
            case ImportField.OtherEmails: OtherMails(text); break;
            case ImportField.OtherPhones: OtherPhones(text); break;
            case var _ when people.Fields.Named(field) is { } custom: Custom(custom, text); break;
            // a custom field that is out of use since, or hidden from whoever imports
            case var name when name.StartsWith(CustomField.Prefix, StringComparison.Ordinal): break;
            default: Text(field, text); break;
        }
    }

    private void Custom(CustomField field, string text)
    {
        if (field.Type == CustomFieldType.Customer)
        {
            references.Add((field, text.Trim()));
            return;
        }

        var typed = field.Type == CustomFieldType.Choices ? ManyValues.Split(text) : [text];
        var read = new List<string>();
        foreach (var one in typed)
        {
            if (Custom(field, one, out var problem) is { } value) read.Add(value);
            else Refuse(field.Name, Refusal.Of(problem), problem == CustomProblem.TooLong ? Count(field.Type == CustomFieldType.LongText ? CustomText.LongTextLength : CustomText.TextLength) : null);
        }

        if (read.Count == typed.Length && read.Count > 0) Set(field.Name, details.With(field.Key, people.Fields.Ordered(field, read)));
    }

    private string? Custom(CustomField field, string text, out CustomProblem problem)
    {
        problem = CustomProblem.None;
        if (field.Type.HasOptions() && field.OptionNamed(text) is { } option) return CustomText.Id(option.Id);
        if (field.Type == CustomFieldType.Member && people.Members.TryGetValue(SearchText.Fold(text), out var member)) return CustomText.Id(member);
        if (!field.Type.HasOptions() && field.Type != CustomFieldType.Member) return CustomText.Read(field, text, people.Currency, out problem, settings.Dates ?? DateOrder.Unambiguous);
        problem = field.Type == CustomFieldType.Member ? CustomProblem.NoReference : CustomProblem.NoOption;
        return null;
    }

    public ReadRow Finish(FileRow row)
    {
        var together = string.Join(' ', new[] { names.First, names.Last }.Where(name => !string.IsNullOrEmpty(name)));
        if (details.Name.Length == 0 && together.Length > 0) Text(ImportField.Name, together);
        var tidy = details.Tidy() with { PhoneCountry = people.Country, CustomFields = people.Fields };
        return new ReadRow(row, tidy, given) { Organisation = organisation, Tags = AllTags(), CreatedAt = createdAt, Refusals = refusals, References = references };
    }

    private void Text(string field, string text)
    {
        if (field != ImportField.Description) text = text.Trim();
        if (Short(field, text, LengthOf(field)) is null) return;
        Set(field, field switch
        {
            ImportField.ExternalId => details with { ExternalId = text },
            ImportField.Name => details with { Name = text },
            ImportField.Phone => details with { Phone = text },
            ImportField.Website => details with { Website = text },
            ImportField.Street => details with { Street = text },
            ImportField.City => details with { City = text },
            ImportField.Region => details with { Region = text },
            ImportField.PostalCode => details with { PostalCode = text },
            ImportField.Country => details with { Country = Countries.TryFind(text, out var code) ? code : text },
            ImportField.Industry => details with { Industry = text },
            ImportField.Language => details with { Language = text },
            ImportField.Source => details with { Source = text },
            _ => details with { Description = text },
        });
    }

    private void Mail(string text)
    {
        if (Short(ImportField.Email, text.Trim(), CustomerDetails.EmailLength) is not { } mail) return;
        if (EmailAddress.TryNormalise(mail, out _)) Set(ImportField.Email, details with { Email = mail });
        else Refuse(ImportField.Email, Refusal.NoEmail);
    }

    private void OtherMails(string text)
    {
        var mails = ManyValues.Split(text);
        if (!Array.TrueForAll(mails, mail => mail.Length <= CustomerDetails.EmailLength && EmailAddress.TryNormalise(mail, out _))) Refuse(ImportField.OtherEmails, Refusal.NoEmail);
        else if (mails.Length > CustomerDetails.MaxOtherContacts) Refuse(ImportField.OtherEmails, Refusal.TooMany, Count(CustomerDetails.MaxOtherContacts));
        else Set(ImportField.OtherEmails, details with { OtherEmails = [.. mails] });
    }

    private void OtherPhones(string text)
    {
        var phones = ManyValues.Split(text);
        if (Array.Exists(phones, phone => phone.Length > CustomerDetails.PhoneLength)) Refuse(ImportField.OtherPhones, Refusal.TooLong, Count(CustomerDetails.PhoneLength));
        else if (phones.Length > CustomerDetails.MaxOtherContacts) Refuse(ImportField.OtherPhones, Refusal.TooMany, Count(CustomerDetails.MaxOtherContacts));
        else Set(ImportField.OtherPhones, details with { OtherPhones = [.. phones] });
    }

    private void Word(string field, bool known, string allowed, CustomerDetails with)
    {
        if (known) Set(field, with);
        else Refuse(field, Refusal.UnknownWord, allowed);
    }

    private void Link(string field, string detail, IReadOnlyDictionary<string, long> known, string text, Func<long, CustomerDetails> with, string unknown)
    {
        if (known.TryGetValue(SearchText.Fold(text), out var id)) Set(detail, with(id));
        else if (!settings.IgnoreUnknownOwners) Refuse(field, unknown);
    }

    private void ReadDate(string text)
    {
        if (!TypedDate.TryParse(text, settings.Dates ?? DateOrder.Unambiguous, out var date)) Refuse(ImportField.CreatedAt, Refusal.NoDate);
        else createdAt = Instant(date);
    }

    // a day without a time is the start of that day where the member is
    private DateTime Instant(TypedDate date)
    {
        var wall = date.Date.ToDateTime(date.Time ?? TimeOnly.MinValue);
        if (date.Offset is { } offset) return DateTime.SpecifyKind(wall - offset, DateTimeKind.Utc);
        while (people.Zone.IsInvalidTime(wall)) wall = wall.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(wall, people.Zone);
    }

    private string[] ReadTags(string text)
    {
        var many = ManyValues.Split(text);
        if (Array.Exists(many, tag => tag.Length > Tag.NameLength)) Refuse(ImportField.Tags, Refusal.TooLong, Count(Tag.NameLength));
        return many;
    }

    private string[] AllTags() => settings.Defaults.Tag is { } tag ? [.. tags, tag] : tags;

    private string? Short(string field, string text, int length)
    {
        if (text.Length <= length) return text;
        Refuse(field, Refusal.TooLong, Count(length));
        return null;
    }

    private void Set(string field, CustomerDetails with)
    {
        details = with;
        given.Add(DetailField.Of(field));
    }

    private static string Count(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static int LengthOf(string field) => field switch
    {
        ImportField.ExternalId => CustomerDetails.ExternalIdLength,
        ImportField.Name => CustomerDetails.NameLength,
        ImportField.Phone => CustomerDetails.PhoneLength,
        ImportField.Website => CustomerDetails.WebsiteLength,
        ImportField.Street => CustomerDetails.StreetLength,
        ImportField.City or ImportField.Region or ImportField.Country => CustomerDetails.PlaceLength,
        ImportField.PostalCode => CustomerDetails.PostalCodeLength,
        ImportField.Description => CustomerDetails.DescriptionLength,
        _ => CustomerDetails.WordLength,
    };
}
