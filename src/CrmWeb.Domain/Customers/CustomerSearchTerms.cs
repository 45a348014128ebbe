using System.Linq.Expressions;

namespace CrmWeb.Domain.Customers;

/// <summary>What somebody typed to find a customer, in the forms in which names, addresses and numbers are stored.</summary>
public sealed class CustomerSearchTerms
{
    public const int MaxTyped = 200;

    private readonly string folded;
    private readonly string digits;
    private readonly string inside;

    private CustomerSearchTerms(string folded, string digits, string inside) => (this.folded, this.digits, this.inside) = (folded, digits, inside);

    /// <summary>Null when nothing that can be looked for was typed.</summary>
    public static CustomerSearchTerms? Of(string? typed, string? phoneCountry)
    {
        var text = typed is null ? "" : typed.Length > MaxTyped ? typed[..MaxTyped] : typed;
        var name = SearchText.Fold(text);
        var phone = LooksLikePhone(name);
        return name.Length == 0 ? null : new(name, phone ? PhoneDigits(text, CustomerFilterOperators.Starts, phoneCountry) : "", phone ? PhoneDigits(text, CustomerFilterOperators.Contains, phoneCountry) : "");
    }

    /// <summary>Name, address or number begins so: three ranges of three indexes.</summary>
    public Expression<Func<Customer, bool>> Begins()
    {
        var found = CustomerFilterConditions.Or(Is(c => c.NameNormal, CustomerFilterOperators.Starts, folded), Is(c => c.EmailNormal, CustomerFilterOperators.Starts, folded));
        return digits.Length == 0 ? found : CustomerFilterConditions.Or(found, Is(c => c.PhoneNormal, CustomerFilterOperators.Starts, digits));
    }

    /// <summary>
    /// Name, address or number has it somewhere: three questions, each with the column to order by. Each is answered out of the index of its column;
    /// asked as one they would read every row of the customers.
    /// </summary>
    public IEnumerable<(Expression<Func<Customer, bool>> Holds, Expression<Func<Customer, string?>> By)> Inside()
    {
        yield return Inside(c => c.NameNormal, folded);
        yield return Inside(c => c.EmailNormal, folded);
        if (inside.Length > 0) yield return Inside(c => c.PhoneNormal, inside);
    }

    /// <summary>Both: a number that begins so need not hold what was typed, as one typed with the prefix of its country.</summary>
    public Expression<Func<Customer, bool>> Matches() => Inside().Aggregate(Begins(), (found, more) => CustomerFilterConditions.Or(found, more.Holds));

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

    private static (Expression<Func<Customer, bool>> Holds, Expression<Func<Customer, string?>> By) Inside(Expression<Func<Customer, string?>> column, string text) =>
        (Is(column, CustomerFilterOperators.Contains, text), column);

    private static Expression<Func<Customer, bool>> Is(Expression<Func<Customer, string?>> column, string op, string text) =>
        CustomerFilterConditions.On(column, CustomerFilterConditions.Folded(op, text));

    private static bool LooksLikePhone(string folded) =>
        folded.Count(char.IsAsciiDigit) >= 3 && folded.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')' or '/' or '.');
}
