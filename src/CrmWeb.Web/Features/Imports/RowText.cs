using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Platform.Forms;

namespace CrmWeb.Web.Features.Imports;

/// <summary>The cells of rows that say something of customers: what stands in them, whom they name, when it was.</summary>
/// <param name="country">Of phone numbers that name none.</param>
/// <param name="zone">In which times are written.</param>
/// <param name="ofDays">In which days are: a day without a time is its noon, so that it is the same day almost everywhere.</param>
internal sealed class RowText(ImportSettings settings, string? country, TimeZoneInfo zone, TimeZoneInfo ofDays)
{
    private static readonly TimeOnly Noon = new(12, 0);

    private readonly Dictionary<string, int> columns = settings.Fields.Index().Where(f => f.Item != ImportField.Ignore).ToDictionary(f => f.Item, f => f.Index, StringComparer.Ordinal);

    // files have many rows of one day
    private (string Text, DateTime At, DateOnly? Day)? lastDate;

    public bool Has(string field) => columns.ContainsKey(field);

    public string? Cell(FileRow row, string field) => columns.TryGetValue(field, out var at) && row.Values[at].Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Why the row as a whole cannot be read; null when it can.</summary>
    public static string? Broken(FileRow row) =>
        row.Problem == RowProblem.TooManyValues ? Refusal.TooManyValues
        : row.Problem is not (RowProblem.None or RowProblem.StrayQuote) ? Refusal.BrokenQuote
        : Array.Exists(row.Values, value => !CleanText.IsStorable(value)) ? Refusal.NotStorable
        : null;

    /// <summary>What a customer is looked for by, made comparable; and why it is nothing of that kind.</summary>
    public (string Key, string? Refused) Customer(string text)
    {
        var key = settings.Match switch
        {
            MatchRule.Email => EmailAddress.TryNormalise(text, out var mail) ? mail : "",
            MatchRule.Phone => PhoneNumber.TryNormalise(text, country, out var phone) ? phone : "",
            MatchRule.Name => SearchText.Fold(text),
            _ => text,
        };
        return key.Length > CustomerDetails.ExternalIdLength ? (key, Refusal.TooLong)
            : key.Length > 0 ? (key, null)
            : ("", settings.Match == MatchRule.Email ? Refusal.NoEmail : Refusal.UnknownCustomer);
    }

    public static DateTime NoonOf(DateOnly day, TimeZoneInfo zone) => WallClock.ToUtc(day.ToDateTime(Noon), zone);

    public DateTime? At(string text) => When(text)?.At;

    /// <summary>The moment; and the day, where no time of it is said.</summary>
    public (DateTime At, DateOnly? Day)? When(string text)
    {
        if (lastDate is { } last && last.Text == text) return (last.At, last.Day);
        if (!TypedDate.TryParse(text, settings.Dates ?? DateOrder.Unambiguous, out var typed)) return null;
        var at = typed switch
        {
            { Time: null } => NoonOf(typed.Date, ofDays),
            { Offset: { } offset } => DateTime.SpecifyKind(typed.Date.ToDateTime(typed.Time.Value) - offset, DateTimeKind.Utc),
            _ => WallClock.ToUtc(typed.Date.ToDateTime(typed.Time.Value), zone),
        };
        var day = typed.Time is null ? typed.Date : (DateOnly?)null;
        lastDate = (text, at, day);
        return (at, day);
    }
}
