using CrmWeb.Domain.Segments;
using CrmWeb.Tests.Support;

namespace CrmWeb.Tests.Data.Segments;

/// <summary>What the database says of a rule is what a plain evaluation of it says, whatever the rule and the customers.</summary>
public sealed class RulePropertyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Compile_RandomRules_AgreeWithEvaluation(int seed)
    {
        var scene = await RuleScene.Of(24, seed);
        var subjects = await scene.Subjects();
        var moment = await scene.Tenant.Use(db => Task.FromResult(scene.Sources(db)));
        var rules = new RandomRule(new Random(seed), scene.World);
        for (var i = 0; i < 150; i++)
        {
            var rule = rules.Next();
            var text = rule.ToText(scene.World);
            try
            {
                var judged = subjects.Where(subject => RuleEvaluation.Of(rule, subject, moment).IsTrue).Select(subject => subject.Customer.Id);
                Assert.Equal(judged, await scene.Found(rule));
            }
            catch (Exception wrong) when (wrong is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"Rule {i} of seed {seed}: {text}", wrong);
            }
        }
    }

    /// <summary>Each field with each of its operators, alone and turned round: between them they are everybody.</summary>
    [Fact]
    public async Task Compile_EachFieldAndOperator_AgreesWithEvaluation()
    {
        var scene = await RuleScene.Of(20, 3);
        var subjects = await scene.Subjects();
        var moment = await scene.Tenant.Use(db => Task.FromResult(scene.Sources(db)));
        var rules = new RandomRule(new Random(3), scene.World);
        var wrong = new List<string>();
        foreach (var field in RuleFields.Of(scene.World))
        {
            foreach (var op in field.Operators)
            {
                var rule = rules.Of(field, op);
                var text = rule.ToText(scene.World);
                var judged = subjects.Where(subject => RuleEvaluation.Of(rule, subject, moment).IsTrue).Select(subject => subject.Customer.Id).ToList();
                var (found, others) = (await scene.Found(rule), await scene.Found($"not {text}"));
                if (!judged.SequenceEqual(found)) wrong.Add($"{text}: {string.Join(' ', found)} but judged {string.Join(' ', judged)}");
                if (found.Intersect(others).Any() || found.Count + others.Count != subjects.Count) wrong.Add($"{text}: {found.Count} and {others.Count} are not {subjects.Count}");
            }
        }

        Assert.Empty(wrong);
    }
}
