using System.Text;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>Other files than tables, through the pages: contact cards of each version, and what is too large.</summary>
public sealed class WizardFileTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    private const string Version21 =
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r\nTEL;CELL;PREF:0170 1234567\r\nEMAIL;INTERNET:joerg@example.com\r\n"
        + "ADR;WORK;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:;;Hauptstr. 1;K=C3=B6ln;;50667;Germany\r\nNOTE;QUOTED-PRINTABLE:100=25 sure\r\nEND:VCARD\r\n";

    private const string Version3 =
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:urn:uuid:1234\r\nN:Doe;Jane;;;\r\nFN:Jane Doe\r\nORG:Acme\\, Inc.\r\nTEL;TYPE=WORK,VOICE:+1 212 555 0123\r\nEMAIL;TYPE=INTERNET:jane@example.com\r\n"
        + "ADR;TYPE=WORK:;Suite 5;1 Main St;Springfield;IL;62701;USA\r\nNOTE:line one\\nline two; with a semico\r\n lon\r\nCATEGORIES:vip,news\r\nEND:VCARD\r\n";

    private const string Version4 =
        "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:شرکت نمونه\r\nTEL;VALUE=uri;PREF=1;TYPE=\"voice,work\":tel:+98-21-1234-5678\r\nEMAIL:mailto:info@example.com\r\n"
        + "ADR:;;خیابان آزادی;تهران;;;Iran\r\nLANG:fa\r\nEND:VCARD\r\n";

    [Theory]
    [InlineData(Version21, "Jörg Müller", new[] { "joerg@example.com", "0170 1234567", "Hauptstr. 1", "50667 Köln", "100% sure" })]
    [InlineData(Version3, "Jane Doe", new[] { "jane@example.com", "+1 212 555 0123", "Suite 5, 1 Main St", "Springfield", "Acme, Inc.", "vip", "line one line two; with a semicolon" })]
    [InlineData(Version4, "شرکت نمونه", new[] { "info@example.com", "+98-21-1234-5678", "خیابان آزادی", "تهران", "fa" })]
    public async Task Cards_OfEachVersion_StandOnTheCustomersPage(string card, string name, string[] shown)
    {
        var acme = await Make.Tenant(fixture.Host);
        var browser = await acme.Admin.Browser();
        var import = await browser.ImportByPages(acme, Encoding.UTF8.GetBytes(card), "contacts.vcf");
        Assert.Equal((1L, 0L), (import.NewCount, import.RefusedCount));

        var id = await acme.Use(db => db.Customers.Where(c => c.Name == name).Select(c => c.Id).SingleAsync());
        var page = await browser.Get($"/customers/{id}");
        Assert.Equal(name, page.Find("h1")!.TextContent);
        foreach (var text in shown) Assert.Contains(text, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task T17_Upload_AtTheLimit_ComesInAndOneByteMoreLeavesNothing()
    {
        const int limit = 3 << 20;
        await using var host = await CrmHost.Start(settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Files:MaxSize"] = $"{limit}" });
        var acme = await Make.Tenant(host);
        var browser = await acme.Admin.Browser();
        var file = Encoding.UTF8.GetBytes("Name,City\n" + string.Concat(Enumerable.Repeat("Ann Example,Bonn\n", limit / 16)));

        var refused = await browser.Upload(file[..(limit + 1)], "large.csv");
        Assert.Equal("The file is larger than 3 MB. Cut it into pieces.", refused.ErrorFor("File"));
        var far = await browser.Upload([.. file, .. file], "far.csv");
        Assert.Equal("The file is larger than 3 MB. Cut it into pieces.", (await browser.Get("~" + far.Location!.OriginalString)).ErrorFor("File"));
        Assert.Empty(await acme.Use(db => db.Imports.ToListAsync()));
        Assert.Empty(Directory.GetFiles(Path.Combine(host.Folder, "imports"), "*", SearchOption.AllDirectories));

        Assert.EndsWith("/format", (await browser.Upload(file[..limit], "fits.csv")).Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(limit, new FileInfo(Assert.Single(Directory.GetFiles(Path.Combine(host.Folder, "imports"), "*", SearchOption.AllDirectories))).Length);
    }
}
