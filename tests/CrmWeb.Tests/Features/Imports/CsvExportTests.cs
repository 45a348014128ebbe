using System.Text;
using System.Text.Json;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Features.Shared.Csv;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Features.Imports;

public class CsvExportTests
{
    [Fact]
    public void T16_ExportThenImport_GivesTheOriginal() =>
        Prop.ForAll(Texts.Encodable.Generator.Three().NonEmptyListOf().ToArbitrary(), rows =>
            AssertComesBack([.. rows.Select(r => new[] { r.Item1, r.Item2, r.Item3 })])).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void T16_ExportThenImport_NaughtyTexts_GiveTheOriginal()
    {
        var texts = Texts.Naughty;
        if (Texts.Shared("data", "text", "blns.json") is { } path) texts = [.. texts, .. JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(path))!];
        AssertComesBack([.. texts.Select(text => new[] { text, "x", text })]);
        AssertComesBack([.. texts.Select(text => new[] { text })]);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+49170")]
    [InlineData("-12")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\n=1")]
    [InlineData(" =1")]
    [InlineData("\u200b=1")]
    [InlineData("＝1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠x")]
    [InlineData("'")]
    [InlineData("'=1")]
    public void T16_ValueThatStartsAFormula_IsWrittenWithAnApostrophe(string value)
    {
        Assert.Equal("'" + value, CsvFormulas.Neutralise(value));
        Assert.Equal(value, CsvFormulas.Restore(CsvFormulas.Neutralise(value)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Acme")]
    [InlineData("12")]
    [InlineData("a=b")]
    [InlineData("علی")]
    public void T16_HarmlessValue_StaysAsItIs(string value) => Assert.Equal(value, CsvFormulas.Neutralise(value));

    [Fact]
    public void T16_AnyValue_NeverStartsAFormula() =>
        Prop.ForAll(Texts.Any, value => CsvFormulas.Neutralise(value).TrimStart() is var written && (written.Length == 0 || !"=+-@".Contains(written[0], StringComparison.Ordinal))).QuickCheckThrowOnFailure();

    [Fact]
    public void Import_ForeignFileWithApostrophes_KeepsThem()
    {
        using var file = new MemoryStream("Name,Phone\r\n'=1+1,'+49170\r\n"u8.ToArray());
        var table = new ImportTable(file, ImportFormat.Detect(file));
        Assert.False(table.IsOurs);
        Assert.Equal(["'=1+1", "'+49170"], Assert.Single(table.Rows()).Values);
    }

    [Fact]
    public void Import_OursSavedByASpreadsheet_IsStillOurs()
    {
        // another delimiter, another encoding, no quotes, the empty last values dropped
        using var file = new MemoryStream(Encoding.Unicode.GetBytes($"Name\tPhone\t{CsvFormulas.MarkColumn}\r\nMüller\t'+49170\r\n"));
        var table = new ImportTable(file, ImportFormat.Detect(file));
        Assert.True(table.IsOurs);
        Assert.Equal(["Name", "Phone"], table.Columns);
        Assert.Equal(["Müller", "+49170"], Assert.Single(table.Rows()).Values);
    }

    [Fact]
    public void Row_WrongNumberOfValues_Throws()
    {
        var writing = new CsvWriting(new StringWriter(), ["a", "b"]);
        Assert.Throws<ArgumentException>(() => writing.Row(["1"]));
    }

    private static void AssertComesBack(string[][] rows)
    {
        using var file = new MemoryStream();
        string[] columns = [.. Enumerable.Range(1, rows[0].Length).Select(i => i == 1 ? "=name" : $"Value {i}")];
        var writing = new CsvWriting(file, columns);
        foreach (var row in rows) writing.Row(row);
        writing.DisposeAsync().AsTask().GetAwaiter().GetResult();

        var format = ImportFormat.Detect(file);
        Assert.Equal((',', true, "utf-8"), (format.Delimiter, format.HasHeader, format.Encoding.Name));
        var table = new ImportTable(file, format);
        Assert.True(table.IsOurs);
        Assert.Equal(columns, table.Columns);
        var read = table.Rows().ToList();
        Assert.All(read, row => Assert.Equal(RowProblem.None, row.Problem));
        Assert.Equal(rows, read.Select(row => row.Values));
    }
}
