using System.Text;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Features.Imports;

public class ImportTableTests
{
    // The shape of a Salesforce export, for where the real one is not at hand.
    private const string Accounts =
        "\"ID\",\"NAME\",\"BILLINGSTREET\",\"BILLINGCITY\",\"BILLINGCOUNTRY\",\"PHONE\",\"WEBSITE\",\"CREATEDDATE\"\r\n"
        + "\"001\",\"Café Ñandú\",\"1 Main St\r\nFloor 2\",\"Springfield\",\"US\",\"(212) 555-0123\",\"www.example.com\",\"2006-04-15T03:23:15.000Z\"\r\n"
        + "\"002\",\"Second \"\"Best\"\"\",\"\",\"\",\"\",\"\",\"\",\"2006-04-16T03:23:15.000Z\"\r\n";

    [Fact]
    public void SalesforceExport_IsReadWithNothingLost()
    {
        var path = Texts.Shared("data", "salesforce", "accountData.csv");
        using Stream file = path is null ? new MemoryStream(FileEncoding.Windows1252.GetBytes(Accounts)) : File.OpenRead(path);
        var format = ImportFormat.Detect(file);
        Assert.Equal(("windows-1252", ',', true, false), (format.Encoding.Name, format.Delimiter, format.HasHeader, format.IsCards));

        var table = new ImportTable(file, format);
        var rows = table.Rows().ToList();
        Assert.Equal(path is null ? 2 : 423, rows.Count);
        Assert.All(rows, row => Assert.Equal((RowProblem.None, table.Columns.Count), (row.Problem, row.Values.Length)));
        Assert.DoesNotContain(rows.SelectMany(row => row.Values), value => value.Contains('\uFFFD', StringComparison.Ordinal));
        Assert.Contains(rows.SelectMany(row => row.Values), value => value.Contains('é', StringComparison.Ordinal));

        var fields = ColumnGuess.For(table.Columns);
        string[] expected = [ImportField.ExternalId, ImportField.Name, ImportField.Street, ImportField.City, ImportField.Country, ImportField.Phone, ImportField.Website, ImportField.CreatedAt];
        Assert.Equal(expected, expected.Intersect(fields));
        var created = rows.Select(row => (string?)row.Values[Array.IndexOf(fields, ImportField.CreatedAt)]).ToList();
        Assert.Equal(new DateOrderGuess(DateOrder.Unambiguous, IsAmbiguous: false), DateOrder.Detect(created));
        Assert.All(created, c => Assert.True(TypedDate.TryParse(c, DateOrder.Unambiguous, out _)));
        foreach (var (field, reads) in new (string, Func<string, bool>)[] { (ImportField.Country, c => Countries.TryFind(c, out _)), (ImportField.Phone, p => PhoneNumber.TryNormalise(p, "US", out _)), (ImportField.Website, w => WebAddress.TryNormalise(w, out _)) })
        {
            var filled = rows.Select(row => row.Values[Array.IndexOf(fields, field)]).Where(value => value.Length > 0).ToList();
            Assert.DoesNotContain(filled, value => !reads(value));
        }
    }

    [Fact]
    public void Rows_ShortAndLongRows_ArePaddedAndTold()
    {
        using var file = Utf8("Name,Email\r\nAnn\r\nBob,b@example.com,more\r\n");
        var rows = new ImportTable(file, ImportFormat.Detect(file)).Rows().ToList();
        Assert.Equal(["Ann", ""], rows[0].Values);
        Assert.Equal(RowProblem.None, rows[0].Problem);
        Assert.Equal((3, RowProblem.TooManyValues, 3L), (rows[1].Values.Length, rows[1].Problem, rows[1].Line));
    }

    [Fact]
    public void Rows_AnnouncedDelimiter_IsNoRow()
    {
        using var file = Utf8("sep=;\r\nName;Email\r\nAnn;a@example.com\r\n");
        var table = new ImportTable(file, ImportFormat.Detect(file));
        Assert.Equal(["Name", "Email"], table.Columns);
        var row = Assert.Single(table.Rows());
        Assert.Equal((3L, "Ann"), (row.Line, row.Values[0]));
    }

    [Fact]
    public void Rows_NoHeader_NamesColumnsAndKeepsTheFirstRow()
    {
        using var file = Utf8("Ann,ann@example.com\r\nBob,bob@example.com\r\n");
        var table = new ImportTable(file, ImportFormat.Detect(file));
        Assert.Equal(["Column 1", "Column 2"], table.Columns);
        Assert.Equal(2, table.Rows().Count());
    }

    [Fact]
    public void Rows_WalkedTwice_AreTheSame()
    {
        using var file = Utf8("Name,Email\r\nAnn,\r\n");
        var table = new ImportTable(file, ImportFormat.Detect(file));
        Assert.Equal(table.Rows().Select(r => r.Values[0]).ToList(), table.Rows().Select(r => r.Values[0]).ToList());
    }

    [Fact]
    public void Rows_AnyBytes_ThrowNothing()
    {
        var cards = Gen.Elements("BEGIN:VCARD\r\n", "END:VCARD\r\n", "N:a;b\r\n", "FN;ENCODING=QUOTED-PRINTABLE:=C3=A9=\r\n", " folded\r\n", "TEL;", "\"", ":", ";", "\\", "=", "é", "ADR:;;;;;;;;\r\n", "NOTE:", "\r\n").ListOf().Select(p => "BEGIN:VCARD\r\n" + string.Concat(p));
        var bytes = Gen.OneOf(Texts.Any.Generator.Select(Encoding.UTF8.GetBytes), Texts.Any.Generator.Select(Encoding.Unicode.GetBytes), cards.Select(Encoding.UTF8.GetBytes), ArbMap.Default.GeneratorFor<byte[]>().Select(b => b ?? []));
        Prop.ForAll(bytes.ToArbitrary(), content =>
        {
            using var file = new MemoryStream(content);
            var table = new ImportTable(file, ImportFormat.Detect(file));
            Assert.All(table.Rows(), row => Assert.True(row.Values.Length >= table.Columns.Count && !row.Values.Contains(null)));
            Assert.Equal(table.Columns.Count, ColumnGuess.For(table.Columns).Length);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static MemoryStream Utf8(string text) => new(Encoding.UTF8.GetBytes(text));
}
