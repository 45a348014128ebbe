using System.Buffers.Text;
using System.Net;
using System.Text;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Features.Customers;

/// <summary>Whatever an address says, it is answered; nothing of it reaches the database as anything but a value.</summary>
public sealed class CustomerAddressTests
{
    private static readonly string[] Pages = ["/customers", "/customers", "/customers", "/customers.csv", "/customers/find", "/customers/owners", "/customers/teams", "/customers/tags", "/customers/duplicates"];

    private static readonly string[] Keys =
    [
        "q", "sort", "columns", "after", "before", "kind", "older", "id", "email", "phone", "lang", "theme", "shoe-size", "__proto__", "name; DROP TABLE Customers",
        .. CustomerFilterFields.All.Select(field => field.Key), .. CustomerFilterFields.All.Select(field => field.Key + CustomerFilter.OperatorSuffix),
    ];

    private static readonly string[] Injections =
    [
        "' OR '1'='1", "'; DROP TABLE \"Customers\";--", "1); DELETE FROM Customers --", "' UNION SELECT 1,2,3--", "name, (SELECT 1)", "-name; SELECT pg_sleep(9)", "%' ESCAPE '/' --", "\\", "[a-z]",
        "_%_%", "\0", "a\0b", "\ud800", "\udc00a", "\uffff", "\u202e", "{0}", "{{7*7}}", "../../etc/passwd", "-1", "0", "9223372036854775807", "9223372036854775808", "1e400", "NaN", "true", "me",
        "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "1403-12-30", "36500", "36501", "contains", "is", "is-not", "starts", "filled", "empty", "any", "none", "on", "after", "before",
        "between", "last-days", "next-days", "name", "-created", "-contact", "all", "person", "lead", "+", "00", "+000", "@", "@@", "a@b", new('x', 10_240), new('ی', 5_000), new('%', 3_000), new('9', 400),
    ];

    // bytes that are no text at all
    private static readonly string[] Raw = ["%00", "a%00b", "%ED%A0%80", "%FF%FE", "%C0%80", "%u0000", "%", "%zz", "%F0%9F", "%2500", "&&==&", "[]=1", "%26%3D"];

    [Fact]
    public async Task T13_List_AnyAddress_IsAnswered()
    {
        var browser = await Browser();
        var values = Gen.Frequency((3, Gen.Elements(Injections).Select(Escaped)), (1, Gen.Elements(Raw)), (1, Texts.Any.Generator.Select(Escaped)), (1, Gen.Elements(Cursors())));
        var pairs = from key in Gen.Elements(Keys) from value in values select $"{Uri.EscapeDataString(key)}={value}";
        var addresses = from page in Gen.Elements(Pages) from count in Gen.Choose(1, 6) from parts in pairs.ArrayOf(count) select $"{page}?{string.Join('&', parts)}";
        foreach (var address in addresses.Sample(20, 300)) await AssertAnswered(browser, address);
    }

    [Fact]
    public async Task T13_List_EveryKeyWithEveryInjection_IsAnswered()
    {
        var browser = await Browser();
        string[] hostile = ["'; DROP TABLE \"Customers\";--", "a\0b", "\ud800", new('x', 10_240), "%' OR 1=1", "9223372036854775808"];
        foreach (var key in Keys)
        {
            foreach (var value in hostile.Select(Escaped).Append("%00").Append("%ED%A0%80")) await AssertAnswered(browser, $"/customers?{Uri.EscapeDataString(key)}={value}");
        }

        foreach (var field in CustomerFilterFields.All)
        {
            foreach (var op in field.Operators)
            {
                foreach (var value in (string[])["x'--", "%00", "0001-01-01", "9999-12-31", "36500", "me", "9223372036854775807"])
                    await AssertAnswered(browser, $"/customers?{field.Key}={value}&{field.Key}.op={op}&{field.Key}={value}");
            }
        }
    }

    [Fact]
    public async Task T13_List_HostileCursors_AreAnswered()
    {
        var browser = await Browser();
        foreach (var cursor in Cursors())
        {
            foreach (var sort in (string[])["name", "-name", "created", "-created", "contact", "-contact"])
            {
                await AssertAnswered(browser, $"/customers?sort={sort}&after={cursor}");
                await AssertAnswered(browser, $"/customers?sort={sort}&before={cursor}");
            }
        }
    }

    [Fact]
    public async Task Find_AnonymousOrOtherTenant_SeesNothing()
    {
        var (acme, other) = (await Make.Tenant(), await Make.Tenant());
        await Make.Customer(acme, "MARK-A");
        foreach (var path in (string[])["customers/find?q=mark", "customers/find", "customers?q=mark", "customers.csv?columns=all"])
        {
            var anonymous = await Visitor.Anonymous(acme.Host).Get($"~/t/{acme.Slug}/{path}");
            Assert.Contains(anonymous.Status, new[] { HttpStatusCode.Redirect, HttpStatusCode.NotFound });
            var stranger = await (await other.Admin.Browser()).Get($"~/t/{acme.Slug}/{path}");
            Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
            Assert.DoesNotContain("MARK-A", anonymous.Body + stranger.Body, StringComparison.Ordinal);
        }
    }

    private static async Task<Visitor> Browser()
    {
        var acme = await Make.Tenant();
        await Make.Interaction(acme, await Make.Customer(acme, "Ava", d => d with { Email = "ava@example.org", Phone = "+49 170 1234567", City = "Bonn" }));
        await Make.Customer(acme, "Bo");
        return await acme.Admin.Browser();
    }

    private static async Task AssertAnswered(Visitor browser, string address)
    {
        var page = await browser.Get(address);
        Assert.True((int)page.Status < 500, $"{(int)page.Status} for {(address.Length > 500 ? address[..500] : address)}");
    }

    private static string[] Cursors() =>
    [
        .. ((string[])["", " ", "1", "1 ", "1 n", "1 n'; DROP TABLE Customers;--", "1 n\0", "1 n\uffff", "-1 nx", "9223372036854775807 nx", "1 t", "1 t0", "1 t-1", "1 t3155378975999999999", "1 t3155378976000000000", "1 t9223372036854775807", "x y z"])
            .Select(text => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text))),
        Base64Url.EncodeToString([0xFF, 0xFE, 0x20, 0x6E, 0x00]), Base64Url.EncodeToString([0x31, 0x20, 0x6E, 0xED, 0xA0, 0x80]), "!!!", "AAAA", new('A', 10_000),
    ];

    // half of a pair has no escape; it is sent as the bytes it would have
    private static string Escaped(string text) => string.Concat(text.Select((c, i) =>
        char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? Uri.EscapeDataString(text.Substring(i, 2))
        : char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1]) ? ""
        : char.IsSurrogate(c) ? $"%{0xE0 | (c >> 12):X2}%{0x80 | ((c >> 6) & 0x3F):X2}%{0x80 | (c & 0x3F):X2}"
        : Uri.EscapeDataString(c.ToString())));
}
