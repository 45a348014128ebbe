using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Segments.Building;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Features.Segments;

/// <summary>The tree that the builder posts: its buttons, and the way from and to rules.</summary>
public sealed class RuleBuilderTests
{
    private static readonly string[] Acts = ["add", "group", "remove", "up", "down", "wrap", "unwrap", "what", "shape", "none"];

    [Theory]
    [InlineData("country in (\"DE\", \"FR\") and lastInteraction < today-90d and totalSpent > 1000")]
    [InlineData("country = \"DE\"")]
    [InlineData("not country in (\"DE\", \"FR\") or email is empty")]
    [InlineData("count(interactions where channel = \"email\" and occurred >= today-30d) >= 3 or stage = \"lead\"")]
    [InlineData("sum(orders.total where placed >= today-1y) > 500 and not (stage = \"churned\" and city contains \"x\")")]
    [InlineData("count(orders where product.category = \"Books\") = 0 and not (orderCount > 3 or lastOrder = 2026-02-03)")]
    [InlineData("created < today and owner.name contains \"x\" and max(orders.placed) < today-2w")]
    [InlineData("count(deals where closeOn < today+1y) >= 1 or count(lines where product.active != yes) < 2")]
    [InlineData("not orderCount in (1, 2) and not lastOrder in (2026-02-03, today) and not stage in (\"lead\", \"loyal\")")]
    [InlineData("orderCount in (1, 2, 3) and not (not city is empty and (region starts with \"B\" or region = \"A\"))")]
    [InlineData("created recurs in this month or firstOrder recurs in next 30d and not lastOrder recurs in last 2w or updated recurs in may and not updated recurs in today")]
    [InlineData("nextContactDue <= today and name contains \" bank\" and city in (\"a\", \"\\\"b\\\" \", \"\\\"c\\\"\")")]
    public void Rule_AsFormAndBack_IsTheSame(string text)
    {
        Assert.True(SegmentRule.TryParse(text, RuleWorld.Bare, out var rule, out var error), error?.ToString());
        AssertShown(rule);
        Assert.True(RuleParts.TryRead(RuleAsParts.Of(rule), RuleWorld.Bare, out var again, out var wrong, out var path), $"{wrong} at {path}");
        // one that is not one of several is another way to say that it is not it: written anew, both are the same
        Assert.Equal(Parsed(RuleAsParts.Of(again!)), Parsed(RuleAsParts.Of(rule)));
        Assert.True(RuleParts.TryRead(RuleAsParts.Of(again!), RuleWorld.Bare, out var third, out _, out _));
        Assert.Equal(again, third);
    }

    [Fact]
    public void Rule_OfAnyShape_HasAllOfItChosen()
    {
        for (var seed = 0; seed < 300; seed++) AssertShown(new RandomRule(new Random(seed), RuleWorld.Bare).Next());
    }

    [Fact]
    public void Part_Unfinished_SaysWhere()
    {
        var root = RulePart.Group(RulePart.All, new RulePart { What = "country", Operator = "in", Values = ["DE"] }, RulePart.Group(RulePart.Any, new RulePart { What = "orderCount", Operator = ">", Values = ["many"] }, new RulePart { What = "city", Operator = "in", Values = ["X"] }));
        Assert.False(RuleParts.TryRead(root, RuleWorld.Bare, out _, out var error, out var path));
        Assert.Equal(("1.0", RuleExpected.Number), (path, error!.Expected));
        root.Parts[1].Parts[0] = RulePart.Empty();
        Assert.False(RuleParts.TryRead(root, RuleWorld.Bare, out _, out error, out path));
        Assert.Equal(("1.0", RuleExpected.Field), (path, error!.Expected));
        Assert.False(RuleParts.TryRead(RulePart.Group(), RuleWorld.Bare, out _, out error, out path));
        Assert.Equal(("", RuleExpected.Clause), (path, error!.Expected));
    }

    [Fact]
    public void Acts_InAnyOrder_KeepATree() => Prop.ForAll(
        Gen.Elements(Acts).Zip(Gen.Elements("", "0", "1", "0.0", "1.0", "0.1", "2", "1.0.0", "x", "-1", "0.0.0.0.0.0.0.0.0.0.0")).ListOf().ToArbitrary(),
        acts =>
        {
            var root = RulePart.Group(RulePart.All, RulePart.Empty(), RulePart.Group(RulePart.Any, new RulePart { What = "city" }, new RulePart { What = RulePart.Rows + "orders", Parts = [RulePart.Group()] }));
            foreach (var (act, path) in acts)
            {
                var focus = RuleActs.Do(root, $"{act}:{path}");
                if (focus is not null) Assert.NotNull(root.At(focus));
                Assert.True(root.IsGroup);
                AssertTree(root, 0);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Moves_GoIntoGroupsAndOutOfThem()
    {
        var root = RulePart.Group(RulePart.All, Named("a"), RulePart.Group(RulePart.Any, Named("b"), Named("c")), Named("d"));
        Assert.Equal("0.0", RuleActs.Do(root, "down:0"));
        Assert.Equal("((a b c) d)", Said(root));
        Assert.Equal("0", RuleActs.Do(root, "up:0.0"));
        Assert.Equal("(a (b c) d)", Said(root));
        Assert.Equal("1.2", RuleActs.Do(root, "up:2"));
        Assert.Equal("(a (b c d))", Said(root));
        Assert.Equal("1", RuleActs.Do(root, "unwrap:1"));
        Assert.Equal("(a b c d)", Said(root));
        Assert.Equal("3.0", RuleActs.Do(root, "wrap:3"));
        Assert.Equal("2", RuleActs.Do(root, "remove:3.0"));
        Assert.Equal("(a b c)", Said(root));
    }

    [Fact]
    public void Moves_OfGroups_KeepTheDepth()
    {
        var deep = RulePart.Empty();
        for (var i = 0; i < 9; i++) deep = RulePart.Group(RulePart.Any, deep);
        var into = RulePart.Group(RulePart.Any, Named("a"));
        // nine in three do not fit: they change places
        Assert.Equal("0.1", RuleActs.Do(RulePart.Group(RulePart.All, RulePart.Group(RulePart.All, deep, into)), "down:0.0"));
        Assert.Equal("0.0", RuleActs.Do(RulePart.Group(RulePart.All, deep, into), "down:0"));
    }

    [Fact]
    public void Templates_AreRulesOrAskForOneValue()
    {
        var texts = new CrmWeb.Web.Platform.Localisation.Texts(typeof(RuleTemplates).Assembly);
        var world = new RuleWorld("EUR", new([Date("born", "Birthday")], []));
        foreach (var template in RuleTemplates.All(texts, world.Custom))
        {
            if (RuleParts.TryRead(template.Rule(), world, out var rule, out var error, out _))
            {
                if (template.Key == "birthday") Assert.Equal("custom.born recurs in this month", rule!.ToText(world));
                if (template.Key == "anniversary") Assert.Equal("firstOrder recurs in next 30d and firstOrder < today", rule!.ToText(world));
                if (template.Key == "silent") Assert.Equal("nextContactDue <= today", rule!.ToText(world));
                continue;
            }

            Assert.True(template.Key is "industry" or "category" && error!.Expected == "a value", $"{template.Key}: {error}");
        }
    }

    /// <summary>What is typed into the form is meant without the spaces around it; in quotes it stays as it is.</summary>
    [Theory]
    [InlineData(" bank ", "bank")]
    [InlineData("\" bank\"", " bank")]
    [InlineData("\"bank", "\"bank")]
    [InlineData("\"a\" \"b\"", "\"a\" \"b\"")]
    public void Text_InQuotes_StaysAsTyped(string typed, string means)
    {
        Assert.True(RuleParts.TryRead(RulePart.Group(RulePart.All, new RulePart { What = "city", Operator = "contains", Values = [typed] }), RuleWorld.Bare, out var rule, out _, out _));
        Assert.Equal($"city contains {RuleText.Quote(means)}", rule!.ToStored());
    }

    /// <summary>A rule that is as deep as may be fits into the form.</summary>
    [Fact]
    public void Rule_AsDeepAsMayBe_FitsIntoTheForm()
    {
        var node = "count(orders where not not (total > 1 or cost > 1)) > 1";
        for (var level = 0; level < SegmentRule.MostDepth - 5; level++) node = $"(city is empty {(level % 2 == 0 ? "and" : "or")} {node})";
        Assert.True(SegmentRule.TryParse("region is empty or " + node, RuleWorld.Bare, out var rule, out var error), error?.ToString());
        Assert.True(RuleParts.TryRead(RuleAsParts.Of(rule), RuleWorld.Bare, out var again, out error, out _), error?.ToString());
        Assert.Equal(rule, again);
    }

    private static CustomField Date(string key, string label) => new(key, CustomFieldType.Date, new(label, null, null, false, false, null, Role.None, StageSet.None), 1);

    private static RulePart Named(string name) => new() { What = name };

    private static string Said(RulePart part) => part.IsGroup ? $"({string.Join(' ', part.Parts.Select(Said))})" : part.What!;

    private static string Parsed(RulePart part) => part.IsGroup ? $"{part.Join}({string.Join(' ', part.Parts.Select(Parsed))})" : $"{part.What} {part.Measure} {part.Operator} {string.Join(',', part.Values)} {part.Unit} {string.Join(' ', part.Parts.Select(Parsed))}";

    /// <summary>What nobody touches is posted as it is: so each of it is chosen in its list.</summary>
    private static void AssertShown(SegmentRule rule)
    {
        var texts = new CrmWeb.Web.Platform.Localisation.Texts(typeof(RuleTemplates).Assembly);
        AssertShown(new RuleEditor(RuleAsParts.Of(rule), RuleWorld.Bare, new Dictionary<RuleKind, IReadOnlyList<RuleName>>(), texts) { Post = "" }.Draw);
    }

    private static void AssertShown(RuleDraw draw)
    {
        var part = draw.Part;
        if (part.IsGroup)
        {
            Assert.Equal([part.Join!], Chosen(draw.Joins()));
        }
        else
        {
            Assert.Equal([part.What!], Chosen(draw.Whats()));
            Assert.Equal([part.Operator!], Chosen(draw.Operators()));
            if (part.Measure is not null) Assert.Equal([part.Measure], Chosen(draw.Measures()));
            if (part.Unit is not null) Assert.Equal([part.Unit], Chosen(draw.Units()));
            if (draw is { Type: RuleType.Choice or RuleType.Row, TakesValue: true }) Assert.Equal(part.Values.Order(StringComparer.Ordinal), Chosen(draw.Choices()).Order(StringComparer.Ordinal));
        }

        for (var i = 0; i < part.Parts.Count; i++) AssertShown(draw.Child(i));
    }

    private static IEnumerable<string> Chosen(IEnumerable<Microsoft.AspNetCore.Mvc.Rendering.SelectListItem> items) => items.Where(item => item.Selected).Select(item => item.Value);

    private static void AssertTree(RulePart part, int depth)
    {
        Assert.True(depth < 15);
        if (part.Collection is not null) Assert.True(part.Parts.Count <= 1);
        else if (!part.IsGroup) Assert.Empty(part.Parts);
        foreach (var inner in part.Parts) AssertTree(inner, depth + 1);
    }
}
