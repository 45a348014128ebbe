using CrmWeb.Domain.Customers;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Domain.Customers;

public sealed class MentionTextTests
{
    private static readonly Mentionable Ann = new(1, "Ann");
    private static readonly Mentionable AnnMiller = new(2, "Ann Miller");
    private static readonly Mentionable Bob = new(3, "Bob O'Neil");
    private static readonly Mentionable OtherBob = new(4, "Bob O'Neil");
    private static readonly Mentionable Ali = new(5, "علی اکبری");
    private static readonly Mentionable Odd = new(6, "x] #2 [y");
    private static readonly Mentionable[] People = [Ann, AnnMiller, Bob, OtherBob, Ali, Odd];

    [Theory]
    [InlineData("@Ann, look", "@[#1], look")]
    [InlineData("@ann miller said", "@[#2] said")]
    [InlineData("(@Ann Miller)", "(@[#2])")]
    [InlineData("@Ann\nMiller", "@[#1]\nMiller")]
    [InlineData("@Anna", "@Anna")]
    [InlineData("write to me@Ann or mail@ann.example", "write to me@Ann or mail@ann.example")]
    [InlineData("سلام @علي اكبري", "سلام @[#5]")]
    [InlineData("@[Bob O'Neil #4] and @[#3]", "@[#4] and @[#3]")]
    [InlineData("a @ b @", "a @ b @")]
    public void Read_Typed_KeepsWhoIsMeant(string typed, string stored)
    {
        var read = MentionText.Read(typed, People);
        Assert.Equal(stored, read.Stored);
        Assert.Empty(read.Unknown);
        Assert.Empty(read.Ambiguous);
    }

    [Fact]
    public void Read_TwoOfAName_AsksWhichOne() => Assert.Equal(["Bob O'Neil"], MentionText.Read("for @Bob O'Neil", People).Ambiguous);

    [Fact]
    public void Read_NumberThatNobodyHas_IsSaid() => Assert.Equal([99], MentionText.Read("@[Eve #99]", People).Unknown);

    [Fact]
    public void Show_AfterARename_HasTheNewName() => Assert.Equal("@Ann Berger, look", MentionText.Show("@[#2], look", id => id == 2 ? "Ann Berger" : null));

    /// <summary>Whatever people typed: what is kept can be edited and kept again without a change, and names the same members.</summary>
    [Fact]
    public void EditAndRead_AnyText_IsTheSameText() => Prop.ForAll(Texts, text =>
    {
        var kept = MentionText.Read(text, People).Stored;
        var again = MentionText.Read(kept, People).Stored;
        var edited = MentionText.Edit(again, People);
        return MentionText.Read(edited, People).Stored == again && MentionText.Ids(again).All(id => id is > 0);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pieces_AnyText_AreTheWholeText() => Prop.ForAll(Texts, text =>
    {
        var kept = MentionText.Read(text, People).Stored;
        return string.Concat(MentionText.Pieces(kept).Select(piece => piece.Text)) == kept
            && MentionText.Pieces(kept).Where(piece => piece.Member is not null).Select(piece => piece.Member!.Value).Distinct().SequenceEqual(MentionText.Ids(kept));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Show_AnyText_HasNoToken() => Prop.ForAll(Texts, text =>
    {
        var kept = MentionText.Read(text, People).Stored;
        var shown = MentionText.Show(kept, id => $"N{id}");
        return MentionText.Ids(kept).All(id => !shown.Contains(MentionText.Token(id), StringComparison.Ordinal));
    }).QuickCheckThrowOnFailure();

    // names and marks more often than chance would have them
    private static Arbitrary<string> Texts => Gen.Elements("@", "Ann", " Miller", "@Ann", "@Ann Miller", "@Bob O'Neil", "@علی اکبری", "@[", "#2]", " #7]", "@[#1]", "@[#2]", "@[x #4]", "]", "\n", " ", "a", "7", "@x] #2 [y")
        .ListOf().Select(parts => string.Concat(parts)).ToArbitrary();
}
