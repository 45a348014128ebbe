using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Features.Imports;

public class CsvRowsTests
{
    [Theory]
    [InlineData("a,b\r\n1,2", ',')]
    [InlineData("a;b\n1,5;2,5\n", ';')]
    [InlineData("a\tb\n1\t2\n", '\t')]
    [InlineData("a|b|c\n1|2|3\n", '|')]
    [InlineData("name;note\n\"a,b,c\";\"x\n,y,,\"\n\"d\";e\n", ';')]
    [InlineData("\"a;\"\"b\",c\n\"1;2\",3\n", ',')]
    [InlineData("sep=|\na;b|c\n", '|')]
    [InlineData("only one column\nx\n", ',')]
    [InlineData("", ',')]
    [InlineData("a;b;c\n1;2;3\n4;5;", ';')]
    public void Delimiter_Detect_IsTheOneThatCutsEvenly(string sample, char delimiter) => Assert.Equal(delimiter, Delimiter.Detect(sample));

    [Fact]
    public void Read_QuotedLineBreaksAndQuotes_AreKeptWithTheirLines()
    {
        var rows = Read("a,b\r\n\"x\r\ny\r\n\",\"say \"\"hi\"\"\"\r\n\r\n  1 ,\n\"z\ry\",2\r\n");
        Assert.Equal([1, 2, 6, 7], rows.Select(r => r.Line));
        Assert.Equal([1, 4, 6, 8], rows.Select(r => r.LastLine));
        Assert.Equal(["x\r\ny\r\n", "say \"hi\""], rows[1].Values);
        Assert.Equal(["  1 ", ""], rows[2].Values);
        Assert.Equal(["z\ry", "2"], rows[3].Values);
        Assert.All(rows, row => Assert.Equal(RowProblem.None, row.Problem));
    }

    [Theory]
    [InlineData("a,b\n1,5\" pipe\n3,4\n", RowProblem.StrayQuote, 2, 2)]
    [InlineData("a,b\n\"x\"y,2\n3,4\n", RowProblem.BrokenQuote, 2, 2)]
    [InlineData("a,b\n\"x,2\n3,4\n", RowProblem.BrokenQuote, 2, 3)]
    [InlineData("a,b\n1,2\n3,\"\n", RowProblem.BrokenQuote, 3, 3)]
    public void Read_BadQuoting_IsToldWithItsLines(string text, RowProblem problem, long line, long lastLine)
    {
        var bad = Assert.Single(Read(text), row => row.Problem != RowProblem.None);
        Assert.Equal((problem, line), (bad.Problem, bad.Line));
        Assert.InRange(bad.LastLine, lastLine, lastLine + 1);
    }

    [Fact]
    public void Read_StrayQuote_KeepsTheValue() => Assert.Equal("5\" pipe \"x\"", Read("a,b\n1,5\" pipe \"x\"\n")[1].Values[1]);

    [Fact]
    public void Read_QuoteNeverClosedInALargeFile_StopsWithTheLine()
    {
        var text = "a,b\n1,2\n\"oops,3\n" + string.Concat(Enumerable.Repeat("some,value\n", 150_000));
        var read = new List<FileRow>();
        var error = Assert.Throws<UnreadableFileException>(() => read.AddRange(CsvRows.Read(new StringReader(text), ',')));
        Assert.True(error.Line >= 2);
    }

    [Fact]
    public void Read_AnyText_LosesNothingAndThrowsNothingElse() =>
        Prop.ForAll(Texts.Any, Gen.Elements(',', ';', '\t', '|').ToArbitrary(), (text, delimiter) =>
        {
            var rows = CsvRows.Read(new StringReader(text), delimiter).ToList();
            if (rows.Exists(row => row.Problem != RowProblem.None)) return;
            // every character is in a value, or is one of the signs between them
            var kept = string.Concat(rows.SelectMany(row => row.Values));
            Assert.Equal(Bare(text, delimiter), Bare(kept, delimiter));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData(true, "Name", "Email")]
    [InlineData(true, "colour", "size")]
    [InlineData(true, "نام", "ایمیل")]
    [InlineData(false, "Ann", "ann@example.com")]
    [InlineData(false, "colour", "12.5")]
    [InlineData(false, "colour", "2024-01-01")]
    [InlineData(false, "colour", "")]
    [InlineData(false, "colour", "Colour")]
    [InlineData(false)]
    public void Header_IsLikely_WhenNamesAreNoValues(bool likely, params string[] first) => Assert.Equal(likely, CsvHeader.IsLikely(first));

    [Fact]
    public void Header_Distinct_NamesEveryColumnOnce() =>
        Assert.Equal(["Email", "Email (2)", "Column 3", "email (4)", "Email (3)", "Column 6", "Column 3 (2)"], CsvHeader.Distinct(["Email", " Email ", "", "email", "Email (3)", " ", "Column 3 (2)"]).Select(n => n));

    [Fact]
    public void Header_AnyNames_BecomeDistinctAndKeepWhatIsUnique() =>
        Prop.ForAll(Gen.Elements("a", "A", "", " ", "a (2)", "Column 1", "Column 2", "b").ListOf().ToArbitrary(), names =>
        {
            var distinct = CsvHeader.Distinct([.. names]);
            Assert.Equal(names.Count, distinct.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.DoesNotContain("", distinct);
        }).QuickCheckThrowOnFailure();

    private static List<FileRow> Read(string text) => [.. CsvRows.Read(new StringReader(text), ',')];

    private static string Bare(string text, char delimiter) => string.Concat(text.Where(c => c is not ('"' or '\r' or '\n') && c != delimiter));
}
