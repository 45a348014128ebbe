using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CrmWeb.Domain.Customers.CustomFields;

namespace CrmWeb.Domain.Customers;

/// <summary>The key of a row in an order of the list: where the next page goes on.</summary>
/// <param name="Name">The folded name, when sorted by name; the text or the shown name of a custom field.</param>
/// <param name="At">The instant, when sorted by one; null stands for "never".</param>
public sealed record CustomerCursor(string? Name, DateTime? At, long Id)
{
    private const int MaxText = 4000;

    /// <summary>The value of a custom field that is no text: its number, of a date the number of the day, of a choice that of the option; of a service tier its place; beside a name the member or customer whose it is.</summary>
    public long? Number { get; init; }

    /// <summary>Where a row stands in the order of a custom field; <paramref name="value"/> is null when it has none.</summary>
    public static CustomerCursor OfCustom(CustomValue? value, long id) => new(value?.TextNormal, null, id) { Number = value?.Number ?? value?.Date?.DayNumber ?? value?.OptionId };

    /// <summary>Likewise, where the value is a member or a customer; <paramref name="name"/> is null when none is shown.</summary>
    public static CustomerCursor OfNamed(string? name, long? of, long id) => name is null ? new(null, null, id) : new(name, null, id) { Number = of };

    /// <summary>Of a row in one of the orders of the list; what its order does not go by may be left out.</summary>
    public static CustomerCursor Of(CustomerOrder order, string nameNormal, DateTime createdAt, DateTime? lastInteractionAt, CustomerWorth? worth, int? tier, long id) => order switch
    {
        CustomerOrder.Name => new(nameNormal, null, id),
        CustomerOrder.Created => new(null, createdAt, id),
        CustomerOrder.Spent => new(null, null, id) { Number = worth?.TotalSpent ?? 0 },
        CustomerOrder.LastOrder => new(null, worth?.LastOrderAt, id),
        CustomerOrder.Profit => new(null, null, id) { Number = worth?.Profit },
        CustomerOrder.Tier => new(null, null, id) { Number = tier },
        _ => new(null, lastInteractionAt, id),
    };

    /// <summary>A form that is safe in an address.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Id} {Key}")));

    private string Key => (Name, Number) switch
    {
        ({ } name, { } of) => string.Create(CultureInfo.InvariantCulture, $"r{of} {name}"),
        ({ } name, null) => "n" + name,
        (null, { } number) => string.Create(CultureInfo.InvariantCulture, $"i{number}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"t{At?.Ticks}"),
    };

    /// <summary>The key that <see cref="ToString"/> wrote; null for anything else, and for a key of another order.</summary>
    public static CustomerCursor? Parse(CustomerOrder order, string? text)
    {
        if (text is not { Length: > 0 and <= MaxText } || !Base64Url.IsValid(text)) return null;
        var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        var space = key.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || space + 1 >= key.Length || !long.TryParse(key[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;

        var (kind, rest) = (key[space + 1], key[(space + 2)..]);
        if (kind == 'n') return order is CustomerOrder.Name or CustomerOrder.Custom && !rest.Contains('\0', StringComparison.Ordinal) ? new(rest, null, id) : null;
        if (kind == 'i')
            return order is CustomerOrder.Custom or CustomerOrder.Spent or CustomerOrder.Profit or CustomerOrder.Tier && long.TryParse(rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? new(null, null, id) { Number = number } : null;
        if (kind == 'r')
        {
            return order == CustomerOrder.Custom && rest.Split(' ', 2) is [var of, var name] && long.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var whose) && !name.Contains('\0', StringComparison.Ordinal)
                ? OfNamed(name, whose, id)
                : null;
        }

        if (kind != 't' || order is CustomerOrder.Name or CustomerOrder.Spent) return null;
        if (rest.Length == 0) return order is CustomerOrder.Contact or CustomerOrder.LastOrder or CustomerOrder.Profit or CustomerOrder.Tier or CustomerOrder.Custom ? new(null, null, id) : null;
        return order is not (CustomerOrder.Custom or CustomerOrder.Profit or CustomerOrder.Tier) && long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks
            ? new(null, new DateTime(ticks, DateTimeKind.Utc), id)
            : null;
    }
}
