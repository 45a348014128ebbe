using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Segments.Building;

/// <summary>A rule as the builder shows it.</summary>
/// <param name="Names">What rows are called, by kind, for those that are chosen or few.</param>
public sealed record RuleEditor(RulePart Root, RuleWorld World, IReadOnlyDictionary<RuleKind, IReadOnlyList<RuleName>> Names, IStringLocalizer L)
{
    /// <summary>Where acts of the tree are posted: the address of the page.</summary>
    public required string Post { get; init; }

    public string? ErrorPath { get; init; }

    public string? Error { get; init; }

    /// <summary>The part that has the focus after an act.</summary>
    public string? Focus { get; init; }

    public RuleDraw Draw => new(this, Root, "", null);
}

/// <summary>One part of it with what may be chosen in it.</summary>
/// <param name="Within">The collection whose rows it speaks of; null of the customer.</param>
public sealed record RuleDraw(RuleEditor Editor, RulePart Part, string Path, RuleCollection? Within)
{
    private static readonly HashSet<string> First = new(StringComparer.Ordinal) { "stage", "country", "lastInteraction", "nextContactDue", "totalSpent", "orderCount", "lastOrder" };

    private IStringLocalizer L => Editor.L;

    public string Id => RulePart.IdOf(Path);

    public bool IsRoot => Path.Length == 0;

    public string? Error => Editor.ErrorPath == Path ? Editor.Error : null;

    public bool HasFocus => Editor.Focus == Path;

    public RuleField? Field => string.IsNullOrEmpty(Part.What) ? null : Within is null ? RuleFields.Find(Part.What, Editor.World) : Within.Find(Part.What);

    public RuleCollection? Collection => Part.Collection is { } name ? RuleFields.Collections.FirstOrDefault(each => each.Name == name) : null;

    /// <summary>The field whose values are compared: of rows what is made of theirs.</summary>
    public RuleField? Compared => Collection is { } rows ? Part.Measure?.Split(':') is [_, var of] ? rows.Find(of) : null : Field;

    public RuleType? Type => Part.What switch
    {
        RulePart.Tags or RulePart.Segments => RuleType.Row,
        _ when Collection is not null => Compared?.Type ?? RuleType.Number,
        _ => Field?.Type,
    };

    public RuleKind? Kind => Part.What switch
    {
        RulePart.Tags => RuleKind.Tag,
        RulePart.Segments => RuleKind.Segment,
        _ => Compared?.Kind,
    };

    public string Name(string property) => $"{RulePart.NameOf(Path)}.{property}";

    public string InputId(string property) => $"{Id}-{property}";

    /// <summary>What an act posts.</summary>
    public string Act(string act) => $"{act}:{Path}";

    public string Acts(string act) => $$"""{"Act":"{{Act(act)}}"}""";

    public RuleDraw Child(int at) => new(Editor, Part.Parts[at], RulePart.Under(Path, at), Collection ?? Within);

    public IEnumerable<SelectListItem> Joins() =>
    [
        Item(RulePart.All, L["All of these hold"], Part.Join), Item(RulePart.Any, L["At least one holds"], Part.Join),
        Item(RulePart.None, L["None of these holds"], Part.Join), Item(RulePart.NotAll, L["Not all of these hold"], Part.Join),
    ];

    public IEnumerable<SelectListItem> Whats()
    {
        var items = new List<SelectListItem> { new(L["Choose what is asked"], "", string.IsNullOrEmpty(Part.What)) };
        if (Within is not null) return [.. items, .. Within.Fields.Select(field => Item(field.Name, L.Of(field), Part.What))];
        SelectListGroup Group(string name) => new() { Name = name };
        var (often, own, worth, other, custom, rows) = (Group(L["Often asked"]), Group(L["Customer"]), Group(L["Worth and contacts"]), Group(L["Organisation and owner"]), Group(L["Custom fields"]), Group(L["What they did"]));
        // one that is out of use stays where it is chosen
        IReadOnlyList<RuleField> all = [.. RuleFields.Of(Editor.World), .. RuleFields.Retired(Editor.World).Where(field => field.Name == Part.What)];
        var worths = CrmWeb.Domain.Customers.CustomerWorth.Facts.Select(fact => fact.Key).ToHashSet(StringComparer.Ordinal);
        SelectListItem Of(RuleField field, SelectListGroup group) => Item(field.Name, L.Of(field), Part.What, group);
        return
        [
            .. items,
            .. all.Where(field => First.Contains(field.Name)).Select(field => Of(field, often)),
            Item(RulePart.Tags, L["Tags"], Part.What, often), Item(RulePart.Segments, L["Another segment"], Part.What, often),
            .. RuleFields.Collections.Select(collection => Item(RulePart.Rows + collection.Name, L.Of(collection), Part.What, rows)),
            .. all.Where(field => field is { Custom: null, IsOfAnother: false } && !worths.Contains(field.Name) && !First.Contains(field.Name)).Select(field => Of(field, own)),
            .. all.Where(field => worths.Contains(field.Name) && !First.Contains(field.Name)).Select(field => Of(field, worth)),
            .. all.Where(field => field is { Custom: not null, IsOfAnother: false }).Select(field => Of(field, custom)),
            .. all.Where(field => field.IsOfAnother).Select(field => Of(field, other)),
        ];
    }

    public IEnumerable<SelectListItem> Measures() => Collection is not { } rows ? [] :
    [
        Item("count", L["Number of them"], Part.Measure ?? "count"),
        .. rows.Fields.SelectMany(field => field.Functions.Select(function => Item($"{RuleWords.Of(function)}:{field.Name}", L["{0} of {1}", L.Of(function), L.Of(field)], Part.Measure))),
    ];

    public string Operator => Part.Operator.OrNull() ?? (Collection is not null ? ">=" : Type switch { RuleType.Number or RuleType.Money or RuleType.Date => ">=", RuleType.YesNo => "=", _ => "in" });

    public bool TakesValue => Operator is not ("is empty" or "is not empty");

    public IEnumerable<SelectListItem> Operators()
    {
        (string, LocalizedString)[] all = (Part.What, Type) switch
        {
            (RulePart.Tags, _) => [("in", L["has one of"]), ("not in", L["has none of"])],
            (RulePart.Segments, _) => [("in", L["is in"]), ("not in", L["is not in"])],
            (_, RuleType.Text) => [("in", L["is any of"]), ("not in", L["is none of"]), ("contains", L["contains"]), ("not contains", L["does not contain"]), ("starts with", L["starts with"]), ("not starts with", L["does not start with"]), .. Fill()],
            (_, RuleType.Number or RuleType.Money) => [(">=", L["is at least"]), ("<=", L["is at most"]), (">", L["is more than"]), ("<", L["is less than"]), ("=", L["is"]), ("!=", L["is not"]), .. Collection is null || Compared is not null ? Fill() : []],
            (_, RuleType.Date) => [(">=", L["is on or after"]), ("<=", L["is on or before"]), (">", L["is after"]), ("<", L["is before"]), ("=", L["is on"]), ("!=", L["is not on"]), .. Recurring(), .. Fill()],
            (_, RuleType.YesNo) => [("=", L["is"]), .. Fill()],
            _ => [("in", L["is any of"]), ("not in", L["is none of"]), .. Fill()],
        };
        // what was typed may ask otherwise than is offered: it stays as it is
        if (!Array.Exists(all, one => one.Item1 == Operator)) all = [.. all, (Operator, Other(Operator))];
        return all.Select(one => Item(one.Item1, one.Item2, Operator));
    }

    /// <summary>Whether it is asked for a part of the year, which says what it is before it says how many.</summary>
    public bool IsSeason => Operator.EndsWith(RuleOperator.Recurs.Write(), StringComparison.Ordinal);

    /// <summary>What a date is compared with, or recurs in: one of <see cref="Units"/>.</summary>
    public string Unit => Units().First(item => item.Selected).Value;

    public IEnumerable<SelectListItem> Units()
    {
        var units = IsSeason ? Seasons().ToList() : Days().ToList();
        if (!units.Exists(item => item.Selected)) units[0].Selected = true;
        return units;
    }

    private IEnumerable<SelectListItem> Seasons()
    {
        var unit = Part.Unit;
        return
        [
            Item("this month", L["this month"], unit), Item("next month", L["next month"], unit), Item("last month", L["last month"], unit), Item("today", L["today"], unit),
            Item("next d", L["next days"], unit), Item("next w", L["next weeks"], unit), Item("next m", L["next months"], unit),
            Item("last d", L["last days"], unit), Item("last w", L["last weeks"], unit), Item("last m", L["last months"], unit),
            .. RuleWords.Months.Select((word, i) => Item(word, L.OfMonth(i + 1), unit)),
        ];
    }

    private IEnumerable<SelectListItem> Days()
    {
        var unit = Part.Unit;
        return
        [
            Item("d-", L["days ago"], unit), Item("w-", L["weeks ago"], unit), Item("m-", L["months ago"], unit), Item("y-", L["years ago"], unit),
            Item("today", L["today"], unit), Item("on", L["on the day"], unit), Item("d+", L["days from now"], unit), Item("w+", L["weeks from now"], unit), Item("m+", L["months from now"], unit), Item("y+", L["years from now"], unit),
        ];
    }

    /// <summary>What may be chosen, with those that are: all of a choice or of few rows; of many rows those chosen, the rest is found by typing.</summary>
    public IEnumerable<SelectListItem> Choices()
    {
        IEnumerable<(string Value, string Text)> all = Compared is { Type: RuleType.Choice } choice ? choice.Choices.Select(word => (word, L.ChoiceOf(word))) : Rows().Select(row => (RuleText.Id(row.Id), row.Name));
        var items = all.Select(one => new SelectListItem(one.Text, one.Value, Part.Values.Contains(one.Value, StringComparer.Ordinal))).ToList();
        // what is not seen here, or is gone, stays chosen by its number
        var others = Part.Values.Where(value => !string.IsNullOrEmpty(value) && !items.Exists(item => item.Value == value)).Distinct(StringComparer.Ordinal);
        return [.. items, .. others.Select(value => new SelectListItem(value, value, true))];
    }

    private IEnumerable<RuleName> Rows() =>
        Compared?.Custom is { } custom && Kind == RuleKind.Option ? custom.Options.Select(option => new RuleName(option.Id, option.Name))
        : Kind is { } kind ? Editor.Names.GetValueOrDefault(kind) ?? [] : [];

    /// <summary>Where values are found by typing.</summary>
    public string Suggest => $"~/segments/values?field={Uri.EscapeDataString(Compared?.Name ?? Part.What ?? "")}{((Collection ?? Within) is { } rows ? "&of=" + rows.Name : "")}";

    /// <summary>Kinds of rows that are too many to stand in a page.</summary>
    public bool IsFound => Kind is RuleKind.Customer or RuleKind.Product or RuleKind.Tag or RuleKind.Member;

    private (string, LocalizedString)[] Recurring() => Collection is null && Field?.Operators.Contains(RuleOperator.Recurs) == true ? [("recurs in", L["comes round"]), ("not recurs in", L["does not come round"])] : [];

    private (string, LocalizedString)[] Fill() => [("is not empty", L["is filled in"]), ("is empty", L["is empty"])];

    private LocalizedString Other(string op) => op switch
    {
        "in" => L["is any of"],
        "not in" => L["is none of"],
        "!=" => L["is not"],
        "is empty" => L["is empty"],
        "is not empty" => L["is filled in"],
        _ => new(op, op),
    };

    private static SelectListItem Item(string value, string text, string? chosen, SelectListGroup? group = null) => new(text, value, value == chosen) { Group = group };
}
