using System.Text;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Features.Shared.Csv;

namespace CrmWeb.Tests.Features.Imports;

public class VCardsTests
{
    [Fact]
    public void Read_Version3_FillsTheColumns()
    {
        var card = Single("""
            BEGIN:VCARD
            VERSION:3.0
            UID:urn:uuid:1234
            N:Doe;Jane;Q.;Dr.;PhD
            FN:Dr. Jane Q. Doe
            ORG:Acme\, Inc.;Sales;EMEA
            TITLE:Head of Sales
            item1.EMAIL;TYPE=INTERNET,WORK:jane@example.com
            EMAIL;TYPE=INTERNET,PREF:jane.doe@example.com
            TEL;TYPE=WORK,VOICE:+1 212 555 0123
            TEL;TYPE=CELL:+1 212 555 0199
            TEL;TYPE=FAX:+1 212 555 0100
            ADR;TYPE=WORK:;Suite 5;1 Main St;Springfield;IL;62701;USA
            ADR;TYPE=HOME:;;2 Side St;Shelbyville;IL;62565;USA
            URL:https://example.com/a\,b
            NOTE:line one\nline two; with a semico
             lon and a \\ backslash
            CATEGORIES:vip,news\,letter
            BDAY:1980-02-03
            PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
             /2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYI
            END:VCARD
            """);
        Assert.Equal("urn:uuid:1234", card["External id"]);
        Assert.Equal(("person", "Dr. Jane Q. Doe", "Jane", "Doe"), (card["Kind"], card["Name"], card["First name"], card["Last name"]));
        Assert.Equal(("Acme, Inc.", "Sales, EMEA", "Head of Sales"), (card["Organisation"], card["Department"], card["Job title"]));
        Assert.Equal(("jane.doe@example.com", "jane@example.com"), (card["Email"], card["Other emails"]));
        Assert.Equal(("+1 212 555 0123", "+1 212 555 0199", "+1 212 555 0100"), (card["Phone"], card["Other phones"], card["Fax"]));
        Assert.Equal(("Suite 5, 1 Main St", "Springfield", "IL", "62701", "USA"), (card["Street"], card["City"], card["Region"], card["Postal code"], card["Country"]));
        Assert.Equal("2 Side St, Shelbyville, IL, 62565, USA", card["Other addresses"]);
        Assert.Equal(("https://example.com/a,b", "1980-02-03"), (card["Website"], card["Birthday"]));
        Assert.Equal("line one\nline two; with a semicolon and a \\ backslash", card["Description"]);
        Assert.Equal(["vip", "news,letter"], ManyValues.Split(card["Tags"]));
    }

    [Fact]
    public void Read_Version21_DecodesQuotedPrintableInItsCharacterSet()
    {
        var card = Single("""
            BEGIN:VCARD
            VERSION:2.1
            N;LANGUAGE=de;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg
            FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =
            M=C3=BCller
            TEL;WORK;VOICE:0221 / 12 34 56
            TEL;CELL;PREF:0170 1234567
            ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;Hauptstr. 1=0D=0AHinterhaus;K=C3=B6ln;;50667;Deutschland
            NOTE;QUOTED-PRINTABLE:100=25 sure
            PHOTO;JPEG;BASE64:
             /9j/4AAQSkZJRgABAQAAAQABAAD==

            EMAIL;INTERNET:joerg@example.com
            END:VCARD
            """);
        Assert.Equal(("Müller", "Jörg", "Jörg Müller"), (card["Last name"], card["First name"], card["Name"]));
        Assert.Equal(("0170 1234567", "0221 / 12 34 56"), (card["Phone"], card["Other phones"]));
        Assert.Equal(("Hauptstr. 1\r\nHinterhaus", "Köln", "50667"), (card["Street"], card["City"], card["Postal code"]));
        Assert.Equal(("100% sure", "joerg@example.com"), (card["Description"], card["Email"]));
    }

    [Fact]
    public void Read_Version4_KnowsUrisAndOrganisations()
    {
        var card = Single("""
            BEGIN:VCARD
            VERSION:4.0
            KIND:org
            FN:شرکت نمونه
            ORG:شرکت نمونه
            TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+98-21-1234-5678;ext=12
            EMAIL:mailto:info@example.com
            ADR;LABEL="1 Street; with: signs":;;خیابان آزادی;تهران;;;ایران
            LANG:fa
            PHOTO:data:image/jpeg;base64,AAAA
            END:VCARD
            """);
        Assert.Equal(("organisation", "شرکت نمونه", ""), (card["Kind"], card["Name"], card["Organisation"]));
        Assert.Equal(("+98-21-1234-5678;ext=12", "info@example.com", "fa"), (card["Phone"], card["Email"], card["Language"]));
        Assert.Equal(("خیابان آزادی", "تهران", "ایران"), (card["Street"], card["City"], card["Country"]));
    }

    [Fact]
    public void Read_SeveralCards_AreRowsWithTheirLines()
    {
        var rows = VCards.Read(new StringReader("BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n\r\nbegin:vcard\r\nfn:B\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Inner\r\nEND:VCARD\r\nend:vcard\r\nBEGIN:VCARD\r\nFN:C")).ToList();
        Assert.Equal(["A", "B", "C"], rows.Select(r => r.Values[2]));
        Assert.Equal([1, 5, 12], rows.Select(r => r.Line));
        Assert.Equal([RowProblem.None, RowProblem.None, RowProblem.BrokenCard], rows.Select(r => r.Problem));
    }

    [Fact]
    public void Read_ValueBeyondAllMeasure_IsTold()
    {
        var note = string.Concat(Enumerable.Repeat(new string('x', 10_000) + "\r\n ", 120));
        var row = Assert.Single(VCards.Read(new StringReader($"BEGIN:VCARD\r\nFN:A\r\nNOTE:{note}\r\nEND:VCARD\r\n")));
        Assert.Equal(RowProblem.BrokenCard, row.Problem);
    }

    private static Dictionary<string, string> Single(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var format = ImportFormat.Detect(file);
        Assert.True(format.IsCards);
        var table = new ImportTable(file, format);
        var row = Assert.Single(table.Rows());
        Assert.Equal(RowProblem.None, row.Problem);
        return table.Columns.Zip(row.Values).ToDictionary(p => p.First, p => p.Second);
    }
}
