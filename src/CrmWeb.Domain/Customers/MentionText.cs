using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmWeb.Domain.Customers;

/// <summary>Somebody who may stand behind an @ in a text.</summary>
public sealed record Mentionable(long Id, string Name);

/// <summary>What was read of a typed text: how it is kept, and what of it means nobody or more than one.</summary>
public sealed record ReadMentions(string Stored, IReadOnlyList<long> Unknown, IReadOnlyList<string> Ambiguous);

/// <summary>
/// Members named in a text. People write <c>@Full Name</c>; where that is not enough, <c>@[Full Name #7]</c>. Kept is <c>@[#7]</c>, so that a mention means
/// the same member after a rename. Every kept text can be typed again and is kept the same.
/// </summary>
public static partial class MentionText
{
    public const int MostMentioned = 50;

    public static string Token(long id) => string.Create(CultureInfo.InvariantCulture, $"@[#{id}]");

    /// <summary>Members that a kept text names, each once, in the order of the text.</summary>
    public static IReadOnlyList<long> Ids(string? stored) => stored is null || !stored.Contains("@[", StringComparison.Ordinal)
        ? [] : [.. Explicit().Matches(stored).Select(IdOf).Distinct()];

    /// <summary>As people read it. A number that nobody has stays without a name.</summary>
    public static string Show(string stored, Func<long, string?> nameOf) =>
        Ids(stored).Count == 0 ? stored : Explicit().Replace(stored, match => "@" + (nameOf(IdOf(match)) ?? "?"));

    /// <summary>The pieces of a kept text: words, and the members between them.</summary>
    public static IEnumerable<(string Text, long? Member)> Pieces(string stored)
    {
        var from = 0;
        foreach (var match in Explicit().Matches(stored).AsEnumerable())
        {
            if (match.Index > from) yield return (stored[from..match.Index], null);
            yield return (match.Value, IdOf(match));
            from = match.Index + match.Length;
        }

        if (from < stored.Length) yield return (stored[from..], null);
    }

    /// <summary>As people edit it: <see cref="Read"/> of it is the kept text again.</summary>
    /// <param name="stored">A kept text.</param>
    /// <param name="people">Everybody who may be mentioned, and whoever is mentioned already.</param>
    public static string Edit(string stored, IReadOnlyCollection<Mentionable> people)
    {
        if (Ids(stored).Count == 0) return stored;
        var names = people.DistinctBy(one => one.Id).ToDictionary(one => one.Id, one => one.Name);
        var plain = Explicit().Replace(stored, match => names.TryGetValue(IdOf(match), out var name) ? "@" + name : match.Value);
        if (Read(plain, people).Stored == stored) return plain;
        var whole = Explicit().Replace(stored, match => names.TryGetValue(IdOf(match), out var name) ? Choice(new(IdOf(match), name)) : match.Value);
        return Read(whole, people).Stored == stored ? whole : stored;
    }

    /// <summary>What somebody writes who means this member among several of the name.</summary>
    public static string Choice(Mentionable one) => string.Create(CultureInfo.InvariantCulture, $"@[{Brackets().Replace(one.Name, "").Trim()} #{one.Id}]");

    /// <summary>Makes the kept text of a typed one.</summary>
    /// <param name="typed">By a person or a program.</param>
    /// <param name="people">Everybody who may be mentioned, and whoever is mentioned already.</param>
    public static ReadMentions Read(string typed, IReadOnlyCollection<Mentionable> people)
    {
        if (!typed.Contains('@', StringComparison.Ordinal)) return new(typed, [], []);
        var (stored, unknown, ambiguous) = (new StringBuilder(typed.Length), new List<long>(), new List<string>());
        var named = people.Where(one => one.Name.Length > 0).OrderByDescending(one => one.Name.Length).ToList();
        for (int at = 0, behind = 0; at < typed.Length;)
        {
            var (id, length) = typed[at] == '@' ? Match(typed, at, behind, named, ambiguous) : default;
            if (id is { } member)
            {
                if (people.All(one => one.Id != member)) unknown.Add(member);
                stored.Append(Token(member));
                at = behind = at + length;
            }
            else
            {
                stored.Append(typed[at++]);
            }
        }

        return new(stored.ToString(), [.. unknown.Distinct()], [.. ambiguous.Distinct(StringComparer.Ordinal)]);
    }

    private static (long? Id, int Length) Match(string typed, int at, int behind, List<Mentionable> named, List<string> ambiguous)
    {
        if (ExplicitHere().Match(typed, at) is { Success: true } match) return (IdOf(match), match.Length);
        // what stands behind a letter is a mail address, unless the letter ends a name
        if (at > behind && char.IsLetterOrDigit(typed[at - 1])) return default;
        var found = named.Find(one => Stands(typed, at + 1, one.Name));
        if (found is null) return default;
        if (!named.Exists(other => other.Id != found.Id && other.Name.Length == found.Name.Length && Stands(typed, at + 1, other.Name))) return (found.Id, found.Name.Length + 1);
        ambiguous.Add(found.Name);
        return default;
    }

    private static bool Stands(string typed, int at, string name)
    {
        if (at + name.Length > typed.Length) return false;
        for (var i = 0; i < name.Length; i++)
        {
            if (Alike(typed[at + i]) != Alike(name[i])) return false;
        }

        return at + name.Length == typed.Length || !char.IsLetterOrDigit(typed[at + name.Length]);
    }

    // each letter by itself, so that what was typed is as long as the name
    private static char Alike(char letter) => letter switch
    {
        'ي' or 'ى' => 'ی',
        'ك' => 'ک',
        '\u200c' or '\u00a0' => ' ',
        _ => char.ToLowerInvariant(letter),
    };

    private static long IdOf(Match match) => long.Parse(match.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private const string Form = @"@\[[^\[\]\r\n]{0,160}?#(?<id>[0-9]{1,18})\]";
    private const int Patience = 1000;

    [GeneratedRegex(Form, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Explicit();

    // here or nowhere: a text of nothing but signs is read once
    [GeneratedRegex(@"\G" + Form, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex ExplicitHere();

    [GeneratedRegex(@"[\[\]\r\n]+", RegexOptions.CultureInvariant, Patience)]
    private static partial Regex Brackets();
}
