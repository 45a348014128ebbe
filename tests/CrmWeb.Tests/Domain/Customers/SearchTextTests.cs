using System.Text;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers;

public class SearchTextTests
{
    [Theory]
    [InlineData("Élodie  BÉRARD", "elodie berard")]
    [InlineData("e\u0301", "é")]
    [InlineData("Großstraße", "GROSSSTRASSE")]
    [InlineData("İSTANBUL", "istanbul")]
    [InlineData("ısparta", "isparta")]
    [InlineData("Łódź Ørsted", "lodz orsted")]
    [InlineData("Ａｃｍｅ　Ｌｔｄ", "acme ltd")]
    [InlineData("ﬁne ①", "fine 1")]
    [InlineData("علي كريمي", "علی کریمی")]
    [InlineData("عـــلی", "علی")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("می\u200cروم", "میروم")]
    [InlineData("خانة", "خانه")]
    [InlineData("خانۀ", "خانه")]
    [InlineData("أحمد إلهام آرش ٱ", "احمد الهام ارش ا")]
    [InlineData("مسئول مسؤول", "مسیول مسوول")]
    [InlineData("۰۱۲۳ ٤٥٦", "0123 456")]
    [InlineData("\u202bacme\u202c\ufeff", "acme")]
    [InlineData("  a \t\r\n\u00a0 b ", "a b")]
    [InlineData("a\0b\u0007", "ab")]
    [InlineData("ΣΊΣΥΦΟΣ", "σισυφοσ")]
    [InlineData("O’Brien", "o'brien")]
    [InlineData("Smith–Jones", "smith-jones")]
    public void Fold_SameTextWrittenDifferently_IsOneForm(string one, string other) => Assert.Equal(SearchText.Fold(other), SearchText.Fold(one));

    [Theory]
    [InlineData("กิ", "กี")]
    [InlineData("か", "が")]
    [InlineData("कि", "की")]
    [InlineData("a b", "ab")]
    [InlineData("دی", "دو")]
    public void Fold_DifferentTexts_StayDifferent(string one, string other) => Assert.NotEqual(SearchText.Fold(other), SearchText.Fold(one));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u200b\u0301")]
    public void Fold_NothingToSee_IsEmpty(string? text) => Assert.Equal("", SearchText.Fold(text));

    [Fact]
    public void Fold_Twice_ChangesNothing() =>
        Prop.ForAll(Texts.Any, text => SearchText.Fold(SearchText.Fold(text)) == SearchText.Fold(text)).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Fold_EveryCharacterAlone_IsStable()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value)) continue;
            var folded = SearchText.Fold(new Rune(value).ToString());
            if (folded != SearchText.Fold(folded)) Assert.Fail($"U+{value:X4} becomes {folded}, then {SearchText.Fold(folded)}");
        }
    }

    [Fact]
    public void Fold_CaseAndMarks_MakeNoDifference() =>
        Prop.ForAll(Texts.Encodable, text => SearchText.Fold(text.Normalize(NormalizationForm.FormD)) == SearchText.Fold(text.Normalize(NormalizationForm.FormC))).QuickCheckThrowOnFailure();
}
