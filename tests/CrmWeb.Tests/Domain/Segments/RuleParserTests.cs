using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Segments;

public sealed class RuleParserTests
{
    private static readonly RuleWorld World = new RuleWorld("EUR", CustomFieldSet.None)
        .With(RuleKind.Tag, [new(1, "vip"), new(2, "a \"b\" \\ c")])
        .With(RuleKind.Segment, [new(5, "Newsletter")])
        .With(RuleKind.Member, [new(7, "Ana"), new(8, "Bert"), new(9, "Bert")])
        .With(RuleKind.Product, [new(3, "Tea")]);

    public static TheoryData<string, string> Texts => new()
    {
        { "country in (\"DE\",\"FR\") and lastInteraction < today-90d and totalSpent > 1000", "country in (\"DE\", \"FR\") and lastInteraction < today-90d and totalSpent > 1000" },
        {
            "count(interactions where channel = \"email\" and occurred >= today-30d) >= 3 or has(tag, \"vip\")",
            "count(interactions where channel = \"email\" and occurred >= today-30d) >= 3 or has(tag, #1)"
        },
        { "sum(orders.total where placed >= today-1y) > 500 and not (stage = \"churned\")", "sum(orders.total where placed >= today-1y) > 500 and not stage = \"churned\"" },
        { "count(orders where product.category = \"Books\") = 0 and in segment \"Newsletter\"", "count(orders where product.category = \"Books\") = 0 and in segment #5" },
        // in any case, with digits of any script and quotes of any kind
        { "COUNTRY Is Not Empty AND orderCount >= ۱۲٫۵", "country is not empty and orderCount >= 12.5" },
        { "name contains «کتاب» and industry starts with “Te”", "name contains \"کتاب\" and industry starts with \"Te\"" },
        { "created > today - ۱۲ w and created <= ۱۴۰۵-۰۱-۰۱", "created > today-12w and created <= 2026-03-21" },
        { "orderCount ≠ 1 or orderCount <> 2 or orderCount ≤ 3 or orderCount ≥ 4", "orderCount != 1 or orderCount != 2 or orderCount <= 3 or orderCount >= 4" },
        { "stage not in (\"lead\", dormant)", "not stage in (\"lead\", \"dormant\")" },
        { "city = \"x\" and not not city is empty or kind = person", "(city = \"x\" and not not city is empty) or kind = \"person\"" },
        { "city = \"a \\\"b\\\" \\\\ c\"", "city = \"a \\\"b\\\" \\\\ c\"" },
        { "totalSpent = 12.50 EUR or owner = \"ana\" or owner = #9", "totalSpent = 12.5 or owner = #7 or owner = #9" },
        { "max(orders.placed) < today or avg(lines.total where product = \"tea\") is empty", "max(orders.placed) < today or avg(lines.total where product = #3) is empty" },
        { "created Recurs In This Month or firstOrder recurs in next 30 d or not lastOrder recurs in last ۲w", "created recurs in this month or firstOrder recurs in next 30d or not lastOrder recurs in last 2w" },
        { "created recurs in MARCH or created recurs in «دسامبر» or created recurs in today or created recurs in last month", "created recurs in march or created recurs in december or created recurs in today or created recurs in last month" },
        { "nextContactDue <= today and nextContactDue is not empty", "nextContactDue <= today and nextContactDue is not empty" },
        { "has(tag, \"a \\\"b\\\" \\\\ c\", \"VIP\")", "has(tag, #2, #1)" },
        // what stands in capitals after an amount is a currency, unless it joins
        { "totalSpent > 1000 AND country = \"DE\"", "totalSpent > 1000 and country = \"DE\"" },
        { "orderCount > 3 AND created < 2026-01-31 AND NOT sum(orders.total) > 5 EUR", "orderCount > 3 and created < 2026-01-31 and not sum(orders.total) > 5" },
        { "organisation.country = \"Iran\" and owner.name contains \"an\" and max(deals.closeOn) <= today+1m", "organisation.country = \"Iran\" and owner.name contains \"an\" and max(deals.closeOn) <= today+1m" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Parse_Text_IsStoredInItsOneForm(string text, string stored)
    {
        Assert.True(SegmentRule.TryParse(text, World, out var rule, out var error), error?.ToString());
        Assert.Equal(stored, rule.ToStored());
        Assert.Equal(rule, SegmentRule.Stored(stored, World));
        Assert.Equal(rule, SegmentRule.TryParse(rule.ToText(World), World, out var again, out error) ? again : throw new FormatException(error.ToString()));
    }

    [Theory]
    [InlineData("", 0, RuleExpected.Clause, null, null)]
    [InlineData("contry = \"DE\"", 0, RuleExpected.Field, "contry", "country")]
    [InlineData("kind = \"person\" and lastInteracton < today", 20, RuleExpected.Field, "lastInteracton", "lastInteraction")]
    [InlineData("shoeSize > 44", 0, RuleExpected.Field, "shoeSize", null)]
    [InlineData("stage = \"curned\"", 8, RuleExpected.Choice, "curned", "\"churned\"")]
    [InlineData("city = DE", 7, RuleExpected.Text, "DE", "\"DE\"")]
    [InlineData("city = \"\"", 7, RuleExpected.Text, "", null)]
    [InlineData("city = \"DE", 7, RuleExpected.Quote, "DE", null)]
    [InlineData("city", 4, RuleExpected.Operator, null, null)]
    [InlineData("city containz \"a\"", 5, RuleExpected.Operator, "containz", "contains")]
    [InlineData("city < \"a\"", 5, RuleExpected.OperatorOfField, "<", null)]
    [InlineData("orderCount > \"many\"", 13, RuleExpected.Number, "many", null)]
    [InlineData("totalSpent > 5 USD", 13, RuleExpected.Currency, "5", "5 EUR")]
    [InlineData("created = 2026-01-31 EUR", 21, RuleExpected.And, "EUR", null)]
    [InlineData("orderCount > 5 EUR", 15, RuleExpected.And, "EUR", null)]
    [InlineData("created < today-90x", 10, RuleExpected.Date, "today-90x", null)]
    [InlineData("created < 2026-13-01", 10, RuleExpected.Date, "2026-13-01", null)]
    [InlineData("created < me", 10, RuleExpected.Date, "me", null)]
    [InlineData("created recurs this month", 15, RuleExpected.In, "this", null)]
    [InlineData("created recurs in marhc", 18, RuleExpected.Season, "marhc", "march")]
    [InlineData("created recurs in next 30", 18, RuleExpected.Season, "next", null)]
    [InlineData("created recurs in next 400d", 18, RuleExpected.Season, "next", null)]
    [InlineData("created recurs in this 3d", 18, RuleExpected.Season, "this", null)]
    [InlineData("created recurs in next", 18, RuleExpected.Season, "next", null)]
    [InlineData("created recurs in 2026-01-31", 18, RuleExpected.Season, "2026-01-31", null)]
    [InlineData("created recurs in", 17, RuleExpected.Season, null, null)]
    [InlineData("created recurs in farvardin", 18, RuleExpected.Season, "farvardin", null)]
    [InlineData("orderCount recurs in march", 11, RuleExpected.OperatorOfField, "recurs", null)]
    [InlineData("nextContactDue recurs in march", 15, RuleExpected.OperatorOfField, "recurs", null)]
    [InlineData("nextContctDue < today", 0, RuleExpected.Field, "nextContctDue", "nextContactDue")]
    [InlineData("max(orders.placed) recurs in march", 19, RuleExpected.OperatorOfField, "recurs", null)]
    [InlineData("owner = me", 8, RuleExpected.Name, "me", null)]
    [InlineData("owner = \"Anna\"", 8, RuleExpected.Name, "Anna", "\"Ana\"")]
    [InlineData("owner = \"Bert\"", 8, RuleExpected.UniqueName, "Bert", "#8")]
    [InlineData("owner = #99", 8, RuleExpected.Name, "99", null)]
    [InlineData("in segment \"Newsleter\"", 11, RuleExpected.Name, "Newsleter", "\"Newsletter\"")]
    [InlineData("has(tags, \"vip\")", 4, RuleExpected.Tag, "tags", null)]
    [InlineData("has(tag, \"vip\"", 14, RuleExpected.Comma, null, null)]
    [InlineData("(city is empty", 14, RuleExpected.Closing, null, null)]
    [InlineData("city is empty city", 14, RuleExpected.And, "city", null)]
    [InlineData("city is emty", 8, RuleExpected.Empty, "emty", null)]
    [InlineData("country in \"DE\"", 11, RuleExpected.Opening, "DE", null)]
    [InlineData("count(order) = 0", 6, RuleExpected.Collection, "order", "orders")]
    [InlineData("count(orders where place > today) = 0", 19, RuleExpected.FieldOfCollection, "place", "placed")]
    [InlineData("count(orders were placed > today) = 0", 13, RuleExpected.Where, "were", "where")]
    [InlineData("sum(orders.totl) > 1", 4, RuleExpected.FieldOfCollection, "orders.totl", "orders.total")]
    [InlineData("sum(orders.channel) > 1", 4, RuleExpected.NumberField, "orders.channel", null)]
    [InlineData("sum(orders) > 1", 4, RuleExpected.FieldOfCollection, "orders", null)]
    [InlineData("count(orders) is empty", 14, RuleExpected.OperatorOfField, "is", null)]
    [InlineData("cuont(orders) = 1", 0, RuleExpected.Field, "cuont", "count")]
    [InlineData("count(orders where has(tag, \"vip\")) = 1", 19, RuleExpected.FieldOfCollection, "has", null)]
    [InlineData("1 = 1", 0, RuleExpected.Clause, "1", null)]
    [InlineData("custom.secret = \"x\"", 0, RuleExpected.Field, "custom.secret", null)]
    public void Parse_Wrong_SaysWhereAndWhatWasExpected(string text, int position, string expected, string? found, string? suggestion)
    {
        Assert.False(SegmentRule.TryParse(text, World, out _, out var error));
        Assert.Equal(new RuleError(position, expected, found, suggestion), error);
    }

    [Fact]
    public void Parse_TooMuch_IsRefused()
    {
        Assert.Equal(RuleExpected.Shallower, Error(new string('(', SegmentRule.MostDepth + 1) + "city is empty"));
        Assert.Equal(RuleExpected.Shallower, Error(string.Concat(Enumerable.Repeat("not ", SegmentRule.MostDepth + 1)) + "city is empty"));
        Assert.Equal(RuleExpected.Shorter, Error(string.Join(" or ", Enumerable.Repeat("city is empty", SegmentRule.MostClauses + 1))));
        Assert.Equal(RuleExpected.FewerValues, Error($"city in ({string.Join(',', Enumerable.Repeat("\"a\"", SegmentRule.MostValues + 1))})"));
        Assert.Equal(RuleExpected.Shorter, Error(new string(' ', SegmentRule.TextLength) + "city is empty"));
    }

    /// <summary>What is taken can be shown, and what is shown can be typed again: brackets that its one form has count like typed ones.</summary>
    [Fact]
    public void Parse_DeeperThanItCanBeWritten_IsRefusedWhereItIs()
    {
        string Deep(int levels) => levels == 0 ? "city is empty" : $"region is empty or kind = person and {(levels == 1 ? "" : "(")}{Deep(levels - 1)}{(levels == 1 ? "" : ")")}";
        Assert.True(SegmentRule.TryParse(Deep(6), World, out var rule, out _));
        Assert.Equal(rule, SegmentRule.TryParse(rule.ToText(World), World, out var again, out var error) ? again : throw new FormatException(error.ToString()));
        var text = Deep(7);
        Assert.False(SegmentRule.TryParse(text, World, out _, out error));
        Assert.Equal((RuleExpected.Shallower, text.LastIndexOf("region", StringComparison.Ordinal), "region"), (error.Expected, error.Position, error.Found));
    }

    [Fact]
    public void Stored_LongerAndDeeperThanTyped_IsReadAgain()
    {
        var wide = string.Join(" or ", Enumerable.Range(0, 9).Select(i => $"orderCount in ({string.Join(',', Enumerable.Range(100 + i, 195))})"));
        var deep = "stage not in (lead)";
        for (var level = 1; level < SegmentRule.MostDepth; level++) deep = $"(city is empty or kind = person and {deep})";
        foreach (var text in new[] { wide, "city is empty or kind = person and " + deep })
        {
            var rule = SegmentRule.Stored(text, World);
            Assert.Equal(rule, SegmentRule.Stored(rule.ToStored(), World));
        }

        Assert.True(SegmentRule.TryParse(wide, World, out var longer, out _) && wide.Length < SegmentRule.TextLength && longer.ToStored().Length > SegmentRule.TextLength);
    }

    /// <summary>T13: whatever somebody types, nothing is thrown, and what is no rule is refused.</summary>
    [Fact]
    public void T13_Parse_AnyText_NeverThrows()
    {
        Prop.ForAll(Support.Texts.Any, text => SegmentRule.TryParse(text, World, out _, out var error) || error!.Position <= text.Length).QuickCheckThrowOnFailure();
        // and what is nearly a rule, cut and mixed
        var pieces = Texts.SelectMany(row => ((string)row[0]).Split(' ')).Concat(["(", ")", "\"", "\\", ",", "#", "#1", "today", "-", "'; DROP TABLE Customers; --", "\0", "\ud800", "count("]).ToArray();
        Prop.ForAll(Gen.Elements(pieces).ListOf().Select(words => string.Join(' ', words)).ToArbitrary(), text =>
        {
            if (!SegmentRule.TryParse(text, World, out var rule, out var error)) return error.Position <= text.Length;
            return SegmentRule.Stored(rule.ToStored(), World).Equals(rule);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>T13: a text in a rule is a text, whatever stands in it.</summary>
    [Fact]
    public void T13_Parse_AnyValue_ComesBackAsTyped() => Prop.ForAll(Support.Texts.Any, typed =>
    {
        var text = $"city = \"{typed.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        if (!SegmentRule.TryParse(text, World, out var rule, out var error)) return error.Expected is RuleExpected.Text or RuleExpected.Shorter;
        return rule.Root is RuleNode.Comparison { Values: [RuleValue.Text said] } && said.Typed == typed && rule.ToStored() == text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Uses_Rule_SaysWhatItReads()
    {
        var uses = SegmentRule.Stored("totalSpent > 5 and organisation.city = \"x\" and in segment #5 and has(tag, #1) and count(orders where placed > today-1y) > 1", World).Uses;
        Assert.Equal([5], uses.Segments);
        Assert.Equal(["organisation.city", "totalSpent"], uses.Fields.Order());
        Assert.Equal(["orders"], uses.Collections);
        Assert.True(uses is { Tags: true, Today: true });
    }

    private static string Error(string text) => SegmentRule.TryParse(text, World, out _, out var error) ? "" : error.Expected;
}
