using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Duplicates;
using CrmWeb.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers.Duplicates;

public sealed class DuplicateRulesTests
{
    [Theory]
    [InlineData("Ann Smith", "a@b.example", null, "Ann Smith", "a@b.example", null, 94, DuplicateReason.SameEmail | DuplicateReason.SameName | DuplicateReason.SameDomain)]
    [InlineData("Ann Smith", null, null, "Smith, Ann", null, null, 60, DuplicateReason.SwappedName)]
    [InlineData("Ann Smith", null, null, "Ann Smit", null, null, 50, DuplicateReason.AlikeName)]
    [InlineData("Ann Smith", null, "0171 5550001", "ANN  SMITH", null, "+49 171 5550001", 86, DuplicateReason.SameName | DuplicateReason.SamePhone)]
    [InlineData("علی كاظمي", null, null, "علی کاظمی", null, null, 65, DuplicateReason.SameName)]
    [InlineData("کاظمی علی", null, "۰۲۱-۲۲۳۳۴۴۵۵", "علي كاظمي", null, "02122334455", 84, DuplicateReason.SwappedName | DuplicateReason.SamePhone)]
    [InlineData("Ann Smith", null, "0171 5550001", "Bob Jones", null, "0171 5550001", 45, DuplicateReason.SamePhone)]
    [InlineData("Ann Smith", "a@b.example", null, "Bob Jones", "a@b.example", null, 60, DuplicateReason.SameEmail)]
    [InlineData("Ann Smith", "a@gmail.com", null, "Ann Smith", "b@gmail.com", null, 55, DuplicateReason.SameName)]
    [InlineData("Ann Smith", null, null, "Bob Jones", null, null, 0, DuplicateReason.None)]
    [InlineData("Ann", null, null, "Anna", null, null, 0, DuplicateReason.None)]
    public void Compare_OfTwo_SaysHowLikelyAndWhy(string one, string? email, string? phone, string other, string? otherEmail, string? otherPhone, int score, DuplicateReason reasons)
    {
        var country = one.Any(c => c > 'آ') ? "IR" : "DE";
        var (a, b) = (Of(one, email, phone, country), Of(other, otherEmail, otherPhone, country));
        Assert.Equal((reasons, score), (DuplicateRules.Compare(a, b).Reasons, DuplicateRules.Compare(a, b).Score));
        Assert.Equal(DuplicateRules.Compare(a, b), DuplicateRules.Compare(b, a));
    }

    [Fact]
    public void Compare_OfAPersonAndAnOrganisation_IsNone() =>
        Assert.Equal(default, DuplicateRules.Compare(Of("Ann Smith", "a@b.example", null), Of("Ann Smith", "a@b.example", null) with { Kind = CustomerKind.Organisation }));

    [Fact]
    public void Compare_OfAnyNames_IsSymmetric_AndNeverBeyondAHundred() => Prop.ForAll(Texts.Encodable, Texts.Encodable, (one, other) =>
    {
        var (a, b) = (Of(one, null, null), Of(other, null, null));
        var likeness = DuplicateRules.Compare(a, b);
        return likeness == DuplicateRules.Compare(b, a) && likeness.Score is >= 0 and <= 100 && (SearchText.Fold(one).Length == 0 || DuplicateRules.Compare(a, a).Score >= 65);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void IsOneOff_OfAnyEdit_Holds() => Prop.ForAll(Texts.Encodable, Gen.Choose(0, 1000).ToArbitrary(), (text, at) =>
    {
        if (text.Length < 2) return true;
        var i = at % (text.Length - 1);
        var (fewer, more) = (text.Remove(i, 1), text.Insert(i, "§"));
        var swapped = text[..i] + text[i + 1] + text[i] + text[(i + 2)..];
        return NameLikeness.IsOneOff(text, fewer) && NameLikeness.IsOneOff(more, text) && (swapped == text || NameLikeness.IsOneOff(text, swapped)) && !NameLikeness.IsOneOff(text, text) && !NameLikeness.IsOneOff(text, more + "§");
    }).QuickCheckThrowOnFailure();

    private static DuplicateProfile Of(string name, string? email, string? phone, string country = "DE") =>
        DuplicateProfile.Of(new CustomerDetails { Name = name, Email = email, Phone = phone, PhoneCountry = country });
}
