using System.Text.Json;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Domain.Segments;

public sealed class RuleTreeTests
{
    private static readonly RuleWorld World = new RuleWorld("EUR", CustomFieldSet.None).With(RuleKind.Tag, [new(1, "vip")]).With(RuleKind.Segment, [new(5, "Newsletter"), new(6, "Twin"), new(7, "twin")])
        .With(RuleKind.Member, [new(7, "Ana")]).With(RuleKind.Product, [new(3, "Tea")]);

    [Theory]
    [InlineData("""{"all":[{"field":"country","operator":"in","values":["DE","FR"]},{"tags":["vip"]},{"segment":"newsletter"}]}""", "country in (\"DE\", \"FR\") and has(tag, #1) and in segment #5")]
    [InlineData("""{"any":[{"not":{"segment":"#7"}},{"function":"sum","collection":"orders","of":"total","where":{"field":"placed","operator":">=","values":["today-1y"]},"operator":">","values":[500]}]}""",
        "not in segment #7 or sum(orders.total where placed >= today-1y) > 500")]
    [InlineData("""{"all":[{"field":"city","operator":"is empty"}]}""", "city is empty")]
    [InlineData("""{"any":[{"field":"created","operator":"recurs in","values":["Next 30 D"]},{"field":"created","operator":"recurs in","values":["this month"]}]}""", "created recurs in next 30d or created recurs in this month")]
    [InlineData("""{"function":"count","collection":"orders","where":null,"operator":"=","values":["0"]}""", "count(orders) = 0")]
    public void Read_Tree_IsTheRule(string tree, string stored)
    {
        Assert.True(RuleTree.TryRead(Json(tree), World, out var rule, out var error), error?.ToString());
        Assert.Equal(stored, rule.ToStored());
        Assert.Equal(rule, Again(rule, World));
    }

    [Theory]
    [InlineData("[]", "", RuleExpected.Tree, null, null)]
    [InlineData("{}", "", RuleExpected.Tree, null, null)]
    [InlineData("""{"all":[]}""", "all", RuleExpected.Tree, null, null)]
    [InlineData("""{"all":[{"field":"contry","operator":"=","values":["DE"]}]}""", "all/0/field", RuleExpected.Field, "contry", "country")]
    [InlineData("""{"field":"stage","operator":"in","values":["lead","curned"]}""", "values/1", RuleExpected.Choice, "curned", "churned")]
    [InlineData("""{"field":"city","operator":"<","values":["a"]}""", "operator", RuleExpected.OperatorOfField, "<", null)]
    [InlineData("""{"field":"city","operator":"like","values":["a"]}""", "operator", RuleExpected.Operator, "like", null)]
    [InlineData("""{"field":"city","operator":"="}""", "values", RuleExpected.Text, null, null)]
    [InlineData("""{"field":"city","operator":"=","values":["a","b"]}""", "values", RuleExpected.FewerValues, null, null)]
    [InlineData("""{"field":"city","operator":"=","values":[null]}""", "values/0", RuleExpected.Text, null, null)]
    [InlineData("""{"field":"city","operator":"=","values":["\ud800"]}""", "values/0", RuleExpected.Text, null, null)]
    [InlineData("""{"field":"created","operator":"recurs in","values":["2026-01-01"]}""", "values/0", RuleExpected.Season, "2026-01-01", null)]
    [InlineData("""{"segment":"twin"}""", "segment", RuleExpected.UniqueName, "twin", "#6")]
    [InlineData("""{"function":"count","collection":"orders","where":{"tags":["vip"]},"operator":"=","values":["0"]}""", "where", RuleExpected.FieldOfCollection, null, null)]
    [InlineData("""{"function":"sum","collection":"orders","of":"channel","operator":"=","values":["0"]}""", "of", RuleExpected.NumberField, "channel", null)]
    public void Read_WrongTree_SaysWhere(string tree, string path, string expected, string? found, string? suggestion)
    {
        Assert.False(RuleTree.TryRead(Json(tree), World, out _, out var error));
        Assert.Equal(new RuleError(0, expected, found, suggestion) { Path = path }, error);
    }

    [Fact]
    public void Read_TooDeep_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"not\":", 40)) + """{"field":"city","operator":"is empty"}""" + new string('}', 40);
        Assert.False(RuleTree.TryRead(Json(deep), World, out _, out var error));
        Assert.Equal(RuleExpected.Shallower, error.Expected);
    }

    [Fact]
    public void Read_DeeperThanItCanBeWritten_SaysWhere()
    {
        var tree = """{"field":"city","operator":"is empty"}""";
        for (var level = 0; level < SegmentRule.MostDepth; level++) tree = $$"""{"{{(level % 2 == 0 ? "all" : "any")}}":[{{tree}},{"field":"region","operator":"is empty"}]}""";
        Assert.True(RuleTree.TryRead(Json(tree), World, out _, out var error), error?.ToString());
        tree = """{"any":[{"not":""" + tree + """},{"field":"kind","operator":"is empty"}]}""";
        Assert.False(RuleTree.TryRead(Json(tree), World, out _, out error));
        Assert.Equal(RuleExpected.Shallower, error.Expected);
        Assert.StartsWith("any/0/not/", error.Path, StringComparison.Ordinal);
    }

    /// <summary>Text, tree and what is stored are one rule.</summary>
    [Fact]
    public void RandomRules_TextAndTree_ComeBackTheSame()
    {
        var rules = new RandomRule(new Random(1), World);
        for (var i = 0; i < 500; i++)
        {
            var rule = rules.Next();
            Assert.Equal(rule, SegmentRule.Stored(rule.ToStored(), World));
            if (rule.ToText(World).Contains("#987654321", StringComparison.Ordinal)) continue;
            Assert.True(SegmentRule.TryParse(rule.ToText(World), World, out var again, out var error), $"{rule.ToText(World)}: {error}");
            Assert.Equal(rule, again);
            Assert.Equal(rule, Again(rule, World));
        }
    }

    private static SegmentRule Again(SegmentRule rule, RuleWorld world) =>
        RuleTree.TryRead(JsonSerializer.SerializeToElement(RuleTree.Write(rule, world)), world, out var read, out var error) ? read : throw new FormatException($"{rule}: {error}");

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
