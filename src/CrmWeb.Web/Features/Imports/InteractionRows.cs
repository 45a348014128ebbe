using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Web.Features.Imports;

/// <summary>A row of the file as what it says of an interaction.</summary>
/// <param name="Customer">What they are looked for by, made comparable.</param>
/// <param name="CustomerText">The same as it is written.</param>
internal sealed record InteractionRead(FileRow Row, string Customer, string CustomerText, InteractionDetails Details)
{
    public string? ExternalId { get; init; }

    public string? CustomerName { get; init; }

    /// <summary>Who was in contact; null where the row names nobody.</summary>
    public long? MemberId { get; init; }

    /// <summary>Why it does not come in; more may be found out when it is matched.</summary>
    public List<Refusal> Refusals { get; init; } = [];
}

/// <summary>Turns the values of a row into what they say of an interaction. What would be lost or is plainly wrong refuses the row with the reason.</summary>
/// <param name="members">By mail address or name.</param>
/// <param name="now">What is later is planned.</param>
/// <param name="today">Of the tenant: a later day without a time is planned.</param>
internal sealed class InteractionRows(RowText text, IReadOnlyDictionary<string, long> members, DateTime now, DateOnly today)
{
    public InteractionRead Read(FileRow row)
    {
        if (RowText.Broken(row) is { } broken) return new(row, "", "", new() { OccurredAt = default }) { Refusals = [new("", broken)] };
        var refusals = new List<Refusal>();
        var written = text.Cell(row, InteractionField.Customer) ?? "";
        var (customer, refused) = written.Length == 0 ? ("", Refusal.Missing) : text.Customer(written);
        if (refused is not null) refusals.Add(new(InteractionField.Customer, refused, refused == Refusal.TooLong ? Number(CustomerDetails.ExternalIdLength) : null));
        var when = text.Cell(row, InteractionField.OccurredAt);
        var at = when is null ? null : text.When(when);
        if (at is null) refusals.Add(new(InteractionField.OccurredAt, when is null ? Refusal.Missing : Refusal.NoDate));
        return new(row, customer, written, Details(row, at?.At ?? default, at is { } said && (said.Day is { } day ? day > today : said.At > now), refusals))
        {
            ExternalId = Short(row, InteractionField.ExternalId, Interaction.ExternalIdLength, refusals),
            CustomerName = Short(row, InteractionField.CustomerName, CustomerDetails.NameLength, refusals),
            MemberId = Word(row, InteractionField.Member, Refusal.UnknownMember, null, name => members.TryGetValue(SearchText.Fold(name), out var id) ? id : (long?)null, refusals),
            Refusals = refusals,
        };
    }

    private InteractionDetails Details(FileRow row, DateTime at, bool isPlanned, List<Refusal> refusals) => new()
    {
        OccurredAt = at,
        IsPlanned = isPlanned,
        Channel = Word(row, InteractionField.Channel, Refusal.UnknownWord, CellWords.Allowed<Channel>(), word => CellWords.Way(word, out var way) ? way : (Channel?)null, refusals) ?? Channel.Note,
        Direction = Word(row, InteractionField.Direction, Refusal.UnknownWord, CellWords.Allowed<Direction>(), InteractionField.DirectionOf, refusals) ?? Direction.Outbound,
        Outcome = Word(row, InteractionField.Outcome, Refusal.UnknownWord, "none, reached, no-answer, left-message, interested, not-interested, follow-up, resolved", InteractionField.OutcomeOf, refusals) ?? Outcome.None,
        Subject = Short(row, InteractionField.Subject, Interaction.SubjectLength, refusals),
        Body = Short(row, InteractionField.Body, Interaction.BodyLength, refusals),
        Minutes = Word(row, InteractionField.Minutes, Refusal.NoMinutes, Number(Interaction.MaxMinutes), MinutesOf, refusals),
    };

    private static int? MinutesOf(string typed) => TypedNumber.TryParse(typed, out var number) && number == decimal.Truncate(number) && number is >= 0 and <= Interaction.MaxMinutes ? (int)number : null;

    private T? Word<T>(FileRow row, string field, string refusal, string? argument, Func<string, T?> read, List<Refusal> refusals) where T : struct
    {
        if (text.Cell(row, field) is not { } cell) return null;
        var value = read(cell);
        if (value is null) refusals.Add(new(field, refusal, argument));
        return value;
    }

    private string? Short(FileRow row, string field, int most, List<Refusal> refusals)
    {
        var said = text.Cell(row, field);
        if (said?.Length > most) refusals.Add(new(field, Refusal.TooLong, Number(most)));
        return said;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
