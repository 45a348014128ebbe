using System.Collections.Immutable;
using System.Globalization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;

namespace CrmWeb.Domain.Segments;

/// <summary>What somebody wrote as a value: in quotes, bare, or as a text of a tree, which may be either.</summary>
/// <param name="Tokens">How many of the text it takes.</param>
internal readonly record struct RuleLiteral(string Text, bool IsQuoted, bool IsId, string? Currency = null, int Tokens = 1)
{
    public static RuleLiteral OfTree(string text) => new(text, IsQuoted: true, IsId: false);
}

/// <summary>What is missing, and what was probably meant.</summary>
internal readonly record struct RuleWrong(string Expected, string? Suggestion = null);

/// <summary>What names, operators and values mean; the text and the tree of a rule are read by the same.</summary>
internal sealed class RuleReading(RuleWorld world, bool isStored)
{
    private const int MaxCount = 36_500;

    private readonly Lazy<IReadOnlyList<RuleField>> own = new(() => isStored ? [.. RuleFields.Of(world), .. RuleFields.Retired(world)] : RuleFields.Of(world));

    public RuleField? Field(string name, RuleCollection? within, out RuleWrong wrong)
    {
        var fields = within?.Fields ?? own.Value;
        var found = Named(fields, field => field.Name, name);
        wrong = new(within is null ? RuleExpected.Field : RuleExpected.FieldOfCollection, found is null ? NearestName.Of(name, fields.Select(field => field.Name)) : null);
        return found;
    }

    public static RuleCollection? Collection(string name, out RuleWrong wrong)
    {
        var found = Named(RuleFields.Collections, collection => collection.Name, name);
        wrong = new(RuleExpected.Collection, found is null ? NearestName.Of(name, RuleFields.Collections.Select(collection => collection.Name)) : null);
        return found;
    }

    public static RuleFunction? Function(string name) => Enum.TryParse<RuleFunction>(name, ignoreCase: true, out var function) && char.IsLetter(name[0]) ? function : null;

    /// <summary>What a value is that the field is asked for.</summary>
    public static string Expects(RuleField field, RuleOperator op) => field.Type switch
    {
        _ when op == RuleOperator.Recurs => RuleExpected.Season,
        RuleType.Text => RuleExpected.Text,
        RuleType.Number => RuleExpected.Number,
        RuleType.Money => RuleExpected.Amount,
        RuleType.Date => RuleExpected.Date,
        RuleType.YesNo => RuleExpected.YesNo,
        RuleType.Choice => RuleExpected.Choice,
        _ => RuleExpected.Name,
    };

    /// <summary>The value that an operator takes of a field; null when it is none such.</summary>
    public RuleValue? Value(RuleField field, RuleOperator op, RuleLiteral typed, out RuleWrong wrong)
    {
        wrong = new(Expects(field, op));
        if (op == RuleOperator.Recurs) return Season(typed.Text, ref wrong);
        if (field.Type == RuleType.Row) return Row(field.Kind!.Value, field.Custom, typed, out wrong) is { } id ? new RuleValue.Row(id) : null;
        if (typed.IsId) return null;
        switch (field.Type)
        {
            case RuleType.Text:
                if (!typed.IsQuoted) wrong = wrong with { Suggestion = RuleText.Quote(typed.Text) };
                return typed.IsQuoted && IsText(typed.Text) ? new RuleValue.Text(typed.Text) : null;
            case RuleType.Number: return typed.Currency is null && TypedNumber.TryParse(typed.Text, out var number) ? new RuleValue.Number(number) : null;
            case RuleType.Money: return Amount(field, typed, ref wrong);
            case RuleType.Date: return Day(typed.Text);
            case RuleType.YesNo:
                return SearchText.Fold(typed.Text) switch { "yes" or "true" or "بله" => new RuleValue.YesNo(true), "no" or "false" or "خیر" => new RuleValue.YesNo(false), _ => null };
            default:
                var word = SearchText.Fold(typed.Text).Replace(' ', '-').Replace('_', '-');
                if (field.Choices.Contains(word, StringComparer.Ordinal)) return new RuleValue.Word(word);
                if (NearestName.Of(word, field.Choices) is { } near) wrong = wrong with { Suggestion = RuleText.Quote(near) };
                return null;
        }
    }

    /// <summary>The row of a name, or of a number.</summary>
    public long? Row(RuleKind kind, CustomField? custom, RuleLiteral typed, out RuleWrong wrong)
    {
        wrong = new(RuleExpected.Name);
        var isOption = kind == RuleKind.Option;
        if (typed.IsId)
        {
            if (CustomText.Id(typed.Text) is not { } id) return null;
            return isStored || (isOption ? custom!.Option(id) is not null : world.NameOf(kind, id) is not null) ? id : null;
        }

        // a word without quotes is hardly a name
        if (!typed.IsQuoted) return null;
        IReadOnlyList<long> found = !isOption ? world.Find(kind, typed.Text) : custom!.OptionNamed(typed.Text) is { } option ? [option.Id] : [];
        if (found is [var one]) return one;
        if (found.Count > 1) wrong = new(RuleExpected.UniqueName, $"#{CustomText.Id(found[0])}");
        else if (typed.Text.StartsWith('#') && Row(kind, custom, new(typed.Text[1..], IsQuoted: false, IsId: true), out _) is { } byNumber) return byNumber;
        else if (NearestName.Of(typed.Text, isOption ? custom!.Options.Select(o => o.Name) : world.Names(kind)) is { } near) wrong = new(RuleExpected.Name, RuleText.Quote(near));
        return null;
    }

    private RuleValue.Number? Amount(RuleField field, RuleLiteral typed, ref RuleWrong wrong)
    {
        var text = typed.Currency is null ? typed.Text : $"{typed.Text} {typed.Currency}";
        if (!MoneyText.TryParse(text, world.Currency, out var money)) return TypedNumber.TryParse(text, out var fine) ? new(fine) : null;
        var (amount, currency) = MoneyText.Split(money);
        if (currency == world.Currency) return new(amount);
        // but of custom fields, all amounts are kept in the tenant's own currency
        if (field.Custom is not null) return new(amount, currency);
        wrong = new(RuleExpected.Currency, $"{TypedNumber.Write(amount)} {world.Currency}");
        return null;
    }

    private static RuleValue? Day(string typed)
    {
        var text = SearchText.Fold(typed).Replace(" ", "", StringComparison.Ordinal);
        if (text == "today") return new RuleValue.Today(0, RuleUnit.Days);
        if (!text.StartsWith("today", StringComparison.Ordinal))
            return TypedDate.TryParse(text, DateOrder.Unambiguous, out var date) && date is { Time: null, Offset: null } ? new RuleValue.Day(date.Date) : null;
        if (text.Length < 8 || text[5] is not ('+' or '-') || Far(text[6..]) is not var (count, unit) || count > MaxCount) return null;
        return count == 0 ? new RuleValue.Today(0, RuleUnit.Days) : new RuleValue.Today(text[5] == '-' ? -count : count, unit);
    }

    private static RuleValue? Season(string typed, ref RuleWrong wrong)
    {
        var text = SearchText.Fold(typed);
        if (text == "today") return new RuleValue.Span(0, RuleUnit.Days);
        if (MonthNames.TryFind(text, out var month) && !month.Jalali) return new RuleValue.Month(month.Month);
        wrong = wrong with { Suggestion = NearestName.Of(text, ["today", .. RuleWords.Months]) };
        if (text.Split(' ', 2) is not [var which, var what] || which switch { "last" => -1, "this" => 0, "next" => 1, _ => (int?)null } is not { } way) return null;
        if (what == "month") return new RuleValue.ThisMonth(way);
        // a year is all there is of it
        if (way == 0 || Far(what.Replace(" ", "", StringComparison.Ordinal)) is not var (count, unit) || count > unit switch { RuleUnit.Days => 366, RuleUnit.Weeks => 52, RuleUnit.Months => 12, _ => -1 }) return null;
        return count == 0 ? new RuleValue.Span(0, RuleUnit.Days) : new RuleValue.Span(way * count, unit);
    }

    // 90d
    private static (int Count, RuleUnit Unit)? Far(string text)
    {
        RuleUnit? unit = text.Length < 2 ? null : text[^1] switch { 'd' => RuleUnit.Days, 'w' => RuleUnit.Weeks, 'm' => RuleUnit.Months, 'y' => RuleUnit.Years, _ => null };
        return unit is { } of && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? (count, of) : null;
    }

    // neither half a character nor a control character reaches an engine, which might not take it
    private static bool IsText(string typed) => SearchText.Fold(typed).Length > 0 && !SearchText.HasControl(typed) && SearchText.WellFormed(typed) == typed;

    private static T? Named<T>(IEnumerable<T> all, Func<T, string> name, string asked) where T : class => all.FirstOrDefault(one => string.Equals(name(one), asked, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The name that somebody probably meant.</summary>
internal static class NearestName
{
    private const int MaxCompared = 60;

    /// <summary>The nearest by edit distance, a swap of neighbours counting as one; null when none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> names)
    {
        var folded = SearchText.Fold(typed);
        if (folded.Length is 0 or > MaxCompared) return null;
        return names.Where(name => Math.Abs(name.Length - folded.Length) <= 3).Select(name => (Name: name, Far: Distance(folded, SearchText.Fold(name))))
            .Where(near => near.Far <= Math.Max(1, folded.Length / 3)).OrderBy(near => near.Far).ThenBy(near => near.Name, StringComparer.Ordinal).FirstOrDefault().Name;
    }

    private static int Distance(string a, string b)
    {
        var (before, last, row) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
