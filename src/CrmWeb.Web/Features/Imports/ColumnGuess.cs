using System.Collections.Frozen;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Guesses what the columns of a file mean, from their names as other programs and people write them, in English and Persian.</summary>
public static class ColumnGuess
{
    // Compared by letters and digits alone: "E-mail Address", "EMAIL_ADDRESS" and "emailAddress" are one.
    private static readonly (string Field, string Names)[] Known =
    [
        (ImportField.ExternalId, "id|external id|customer id|customer number|customer no|account id|contact id|lead id|record id|uid|kundennummer|شناسه|کد مشتری|شماره مشتری|شناسه خارجی"),
        (ImportField.Kind, "kind|customer kind|customer type|record type|نوع|نوع مشتری"),
        (ImportField.Name, "name|full name|display name|customer|customer name|account name|contact name|file as|fn|نام کامل|نام و نام خانوادگی|نام مشتری|مشتری"),
        (ImportField.FirstName, "first name|firstname|given name|forename|vorname|نام کوچک|نام"),
        (ImportField.LastName, "last name|lastname|surname|family name|nachname|نام خانوادگی|فامیلی"),
        (ImportField.Organisation, "organisation|organization|company|company name|account|associated company|primary company|organization name|employer|firma|سازمان|شرکت|نام شرکت|نام سازمان"),
        (ImportField.Email, "email|mail|email address|email1|email value|primary email|work email|business email|personal email|person email|home email|پست الکترونیک|پست الکترونیکی|ایمیل|رایانامه|نشانی ایمیل"),
        (ImportField.Phone, "phone|telephone|tel|phone number|telephone number|phone value|mobile|mobile phone|mobile phone number|cell|cell phone|business phone|work phone|primary phone|company main phone|home phone|person mobile phone|other phone|telefon|تلفن|شماره تلفن|موبایل|تلفن همراه|شماره موبایل|شماره تماس|همراه"),
        (ImportField.OtherEmails, "other emails|additional emails|additional email addresses|ایمیل های دیگر|سایر ایمیل ها"),
        (ImportField.OtherPhones, "other phones|additional phones|تلفن های دیگر|سایر تلفن ها"),
        (ImportField.Website, "website|web site|web page|url|website url|homepage|domain|company domain name|website value|personal web page|وب سایت|وبسایت|سایت|نشانی وب"),
        (ImportField.Street, "street|street address|address|address line|billing street|billing address|mailing street|business street|work street|home street|address street|company street address|strasse|خیابان|نشانی|آدرس"),
        (ImportField.City, "city|town|billing city|mailing city|business city|work city|home city|address city|ort|شهر"),
        (ImportField.Region, "region|state|province|county|state region|state province|billing state|billing state province|mailing state|mailing state province|business state|work state|home state|address region|استان"),
        (ImportField.PostalCode, "postal code|post code|zip|zip code|zip postal code|billing postal code|billing zip postal code|mailing postal code|mailing zip postal code|business postal code|work postal code|home postal code|address postal code|plz|کد پستی|کدپستی"),
        (ImportField.Country, "country|country region|billing country|mailing country|business country|business country region|work country|home country|home country region|address country|land|کشور"),
        (ImportField.Industry, "industry|sector|branch|صنعت"),
        (ImportField.Language, "language|preferred language|locale|sprache|زبان"),
        (ImportField.PreferredChannel, "preferred channel|preferred contact method|contact preference|کانال ترجیحی"),
        (ImportField.Stage, "stage|lifecycle stage|life cycle stage|lead status|مرحله|مرحله چرخه عمر"),
        (ImportField.Source, "source|lead source|account source|original source|original source type|منبع|منبع آشنایی"),
        (ImportField.Owner, "owner|account owner|contact owner|company owner|lead owner|customer owner|hubspot owner|owner email|sales rep|مسئول|کارشناس"),
        (ImportField.Team, "team|hubspot team|owner team|تیم"),
        (ImportField.ServiceTier, "service tier|tier|service level|sla|رده خدمت|سطح خدمت"),
        (ImportField.Tags, "tags|tag|labels|categories|category|keywords|group membership|groups|برچسب|برچسب ها"),
        (ImportField.Description, "description|notes|note|comments|comment|remarks|about us|bemerkung|توضیح|توضیحات|یادداشت"),
        (ImportField.CreatedAt, "created|created at|created on|created date|create date|date created|creation date|customer since|تاریخ ایجاد|تاریخ ثبت"),
    ];

    private static readonly FrozenDictionary<string, string> ByName =
        Known.SelectMany(k => k.Names.Split('|').Append(k.Field).Select(name => (Name: Letters(name), k.Field))).DistinctBy(k => k.Name).ToFrozenDictionary(k => k.Name, k => k.Field);

    /// <summary>
    /// A field of <see cref="ImportField"/> for each column, <see cref="ImportField.Ignore"/> where nothing is known. The first column of a
    /// meaning gets the field; further e-mail and phone columns become the other addresses and numbers, anything else is ignored.
    /// A company is the customer's own name when no other column names the customer.
    /// </summary>
    /// <param name="columns">The names in the file.</param>
    /// <param name="custom">The custom fields that the member sees: a column that is called like one of them is it.</param>
    public static string[] For(IReadOnlyList<string> columns, CustomFieldSet? custom = null)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var own = (custom ?? CustomFieldSet.None).All.SelectMany(field => new[] { (Name: Letters(field.Name), Field: field.Name), (Name: Letters(field.Label), Field: field.Name) })
            .Where(known => known.Name.Length > 0).DistinctBy(known => known.Name).ToDictionary(known => known.Name, known => known.Field, StringComparer.Ordinal);
        var fields = columns.Select(column => Take(own.GetValueOrDefault(Letters(column)) ?? Meaning(column), taken)).ToArray();
        if (!taken.Overlaps([ImportField.Name, ImportField.FirstName, ImportField.LastName]) && Array.IndexOf(fields, ImportField.Organisation) is var company and >= 0) fields[company] = ImportField.Name;
        // in Persian the word for a name alone is a first name only beside a family name
        if (!taken.Contains(ImportField.Name) && !taken.Contains(ImportField.LastName))
        {
            for (var i = 0; i < fields.Length; i++)
            {
                if (fields[i] == ImportField.FirstName && Letters(columns[i]) == Letters("نام")) fields[i] = ImportField.Name;
            }
        }

        return fields;
    }

    private static string Take(string field, HashSet<string> taken)
    {
        if (ImportField.MayRepeat(field) || taken.Add(field)) return field;
        return field switch { ImportField.Email => ImportField.OtherEmails, ImportField.Phone => ImportField.OtherPhones, _ => ImportField.Ignore };
    }

    private static string Meaning(string column)
    {
        var letters = Letters(column);
        if (ByName.TryGetValue(letters, out var field)) return field;
        // "E-mail 2 Address", "Phone 1 - Value", "Address 1 - City", "Email (2)"
        return ByName.GetValueOrDefault(string.Concat(letters.Where(char.IsLetter)), ImportField.Ignore);
    }

    private static string Letters(string name) => string.Concat(SearchText.Fold(name).Where(char.IsLetterOrDigit));
}
