using System.Linq.Expressions;

namespace CrmWeb.Domain.Customers;

/// <summary>What somebody typed to find a customer, in the forms in which names, addresses and numbers are stored.</summary>
public sealed class CustomerSearchTerms
{
    public const int MaxTyped = 200;

    private CustomerSearchTerms(string folded, SearchPattern? inside) => (Folded, Inside) = (folded, inside);

    public string Folded { get; }

    /// <summary>What to ask the index for; null when too little was typed for it, which is then a beginning.</summary>
    public SearchPattern? Inside { get; }

    /// <summary>Null when nothing that can be looked for was typed.</summary>
    public static CustomerSearchTerms? Of(string? typed, string? phoneCountry)
    {
        var text = typed is null ? "" : typed.Length > MaxTyped ? typed[..MaxTyped] : typed;
        var folded = SearchText.Fold(text);
        if (folded.Length == 0) return null;

        List<SearchPattern> ways = SearchPattern.Of(folded) is { } words ? [words] : [];
        if (EmailAddress.TryNormalise(text, out var address)) ways.Add(new SearchPattern.Has(SearchText.Fold(address)));
        if (!LooksLikePhone(folded))
        {
            // with an extension, or letters of the keypad
            if (PhoneNumber.TryNormalise(text, phoneCountry, out var number)) ways.Add(new SearchPattern.Has(number));
        }
        else
        {
            foreach (var op in (string[])[CustomerFilterOperators.Contains, CustomerFilterOperators.Starts])
            {
                var digits = PhoneDigits(text, op, phoneCountry);
                if (digits.Length >= SearchPattern.MinLetters) ways.Add(new SearchPattern.Has(digits));
            }
        }

        return new(folded, ways.Count <= 1 ? ways.FirstOrDefault() : new SearchPattern.Any([.. ways.Distinct()]));
    }

    /// <summary>The name or the address begins so: a range of an index each.</summary>
    public Expression<Func<Customer, bool>> Begins() => CustomerFilterConditions.Or(NameBegins(), EmailBegins());

    public Expression<Func<Customer, bool>> NameBegins() => CustomerFilterConditions.On<string?>(c => c.NameNormal, CustomerFilterConditions.Folded(CustomerFilterOperators.Starts, Folded));

    public Expression<Func<Customer, bool>> EmailBegins() => CustomerFilterConditions.On(c => c.EmailNormal, CustomerFilterConditions.Folded(CustomerFilterOperators.Starts, Folded));

    /// <summary>
    /// What to compare with a stored normal form. In the middle of a number only digits count, without the zeros that are dialled at home
    /// in front of it; a beginning that names its country is the beginning of the normal form.
    /// </summary>
    internal static string PhoneDigits(string typed, string op, string? country)
    {
        var text = SearchText.Fold(typed);
        var numbers = string.Concat(text.Where(char.IsAsciiDigit));
        if (op == CustomerFilterOperators.Contains) return numbers.TrimStart('0');
        if (op == CustomerFilterOperators.Starts && text.StartsWith('+')) return "+" + numbers;
        if (op == CustomerFilterOperators.Starts && numbers.StartsWith("00", StringComparison.Ordinal)) return "+" + numbers[2..];
        return PhoneNumber.TryNormalise(typed, country, out var normal) ? normal : "";
    }

    internal static bool LooksLikePhone(string folded) =>
        folded.Count(char.IsAsciiDigit) >= 3 && folded.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')' or '/' or '.');
}
