using System.Globalization;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Segments;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Tests.Features.Shared;

public sealed class RuleSentenceTests
{
    private static readonly RuleWorld World = new RuleWorld("EUR", CustomFieldSet.None).With(RuleKind.Tag, [new(1, "vip")]).With(RuleKind.Segment, [new(5, "Newsletter")]);
    private readonly IStringLocalizer _texts = new Web.Platform.Localisation.Texts(typeof(Web.Platform.Localisation.Texts).Assembly);

    [Theory]
    [InlineData("country in (\"DE\", \"FR\") and lastInteraction < today-90d and totalSpent > 1000", "en", "Country is one of “DE”, “FR” and Last contact is before 90 days ago and Total spent is more than 1,000 EUR")]
    [InlineData("count(orders where channel = \"web\") = 0 or (has(tag, #1) and not in segment #5)", "en", "number of Orders (Channel is Web shop) is 0 or (has the tag “vip” and not (is in the segment “Newsletter”))")]
    [InlineData("totalSpent > 1000.50", "fa", "مجموع خرید بیشتر از ۱٬۰۰۰٫۵ EUR است")]
    [InlineData("created >= 2026-01-31", "en", "Created is on or after 2026-01-31")]
    public void Sentence_Rule_ReadsAsPeopleSpeak(string rule, string language, string sentence) =>
        In(language, () => Assert.Equal(sentence, new RuleSentence(_texts, World).Of(SegmentRule.Stored(rule, World))));

    [Fact]
    public void Sentence_Error_SaysWhereAndWhat() => In("en", () =>
    {
        Assert.False(SegmentRule.TryParse("contry = \"DE\"", World, out _, out var error));
        Assert.Equal("Expected a field at character 1. Found: contry. Did you mean country?", RuleSentence.Of(error, _texts));
    });

    /// <summary>Every field, collection and choice has a name that is not its key.</summary>
    [Fact]
    public void Labels_EachFieldAndChoice_IsNamed()
    {
        In("en", () =>
        {
            foreach (var field in RuleFields.Customer.Concat(RuleFields.Collections.SelectMany(collection => collection.Fields)))
            {
                Assert.NotEqual(field.Name, _texts.Of(field));
                Assert.All(field.Choices, word => Assert.NotEqual(word, _texts.ChoiceOf(word)));
            }
        });
    }

    private static void In(string language, Action check)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Cultures.Of(language);
        try
        {
            check();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
