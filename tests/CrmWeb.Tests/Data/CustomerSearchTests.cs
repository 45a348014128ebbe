using CrmWeb.Data;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Data;

/// <summary>Who is found by what, and that the texts follow whatever is saved.</summary>
public sealed class CustomerSearchTests
{
    private static readonly string[] Names =
        ["Émilie Dürrenmatt-Łukasz", "علي رضايي كاشاني", "Ali  Reza Hosseini", "STRASSE & Söhne GmbH", "Ὀδυσσεύς Παπαδόπουλος", "Nguyễn Thị Ánh", "Jürgen ‘O’Neil’ 100%_[x]", "سارا موسوی‌نژاد", "Zoë 12\"3 \\ Ødegård"];

    private static readonly string[] Mails = ["Émilie.Dürr@Example.org", "a+b_c%d@sub.example.co.uk", "Büro@BÜCHER.example", "no address at all"];

    private static readonly string[] Phones = ["+49 (0)170 123-45 67", "0170/9988776", "۰۹۱۲ ۳۴۵ ۶۷۸۹", "+1 800 555 0199 ext. 12", "030 12 34 56 78"];

    /// <summary>Any three letters in a row, written in another way, find the customer.</summary>
    [Fact]
    public async Task Search_AnyPartWrittenAnotherWay_FindsTheCustomer()
    {
        var acme = await Make.Tenant();
        var other = await Make.Tenant();
        var (names, mails, phones) = (new Dictionary<long, string>(), new Dictionary<long, string>(), new Dictionary<long, string>());
        foreach (var name in Names) names[await Make.Customer(acme, name)] = name;
        foreach (var mail in Mails) mails[await Make.Customer(acme, "Mail", d => d with { Email = mail })] = mail;
        foreach (var mail in Mails) mails[await Make.Customer(acme, "Further", d => d with { Email = "x@example.com", OtherEmails = [mail] })] = mail;
        foreach (var phone in Phones) phones[await Make.Customer(acme, "Phone", d => d with { Phone = phone, PhoneCountry = "DE" })] = phone;
        // the same in a neighbour's house
        foreach (var name in Names) await Make.Customer(other, name, d => d with { Email = Mails[0], Phone = Phones[0] });

        var missed = await acme.Use(async db =>
        {
            var missed = new List<string>();
            foreach (var (id, text) in names.Concat(mails).Concat(phones))
            {
                var isPhone = phones.ContainsKey(id);
                foreach (var (part, typed) in Parts(text, isPhone))
                {
                    var terms = CustomerSearchTerms.Of(typed, "DE");
                    if (terms is null || (isPhone && typed.Count(char.IsAsciiDigit) < 3)) continue;
                    var found = terms.Inside is { } inside ? await db.Indexed(inside).ToListAsync() : [id];
                    if (!found.Contains(id)) missed.Add($"'{typed}' ({part}) of '{text}'");
                    if (found.Exists(hit => !names.ContainsKey(hit) && !mails.ContainsKey(hit) && !phones.ContainsKey(hit))) missed.Add($"'{typed}' found a stranger");
                }
            }

            return missed;
        });
        Assert.Empty(missed);
    }

    /// <summary>After any row of saves a rebuild finds nothing to mend.</summary>
    [Fact]
    public async Task Save_AnyChanges_RebuildChangesNothing()
    {
        var acme = await Make.Tenant();
        var random = new Random(20261122);
        List<long> ids = [];
        for (var i = 0; i < 12; i++) ids.Add(await Make.Customer(acme));
        for (var step = 0; step < 120; step++)
        {
            var (act, id, word) = (random.Next(8), ids[random.Next(ids.Count)], $"w{random.Next(30)}");
            await acme.Use(async db =>
            {
                var customer = await db.Customers.IgnoreQueryFilters([TenantScoping.DeletedFilter]).Include(c => c.ContactPoints).Include(c => c.Tags).ThenInclude(t => t.Tag).SingleAsync(c => c.Id == id);
                var details = CustomerDetails.Of(customer);
                if (act == 0) customer.Change(details with { Name = word }, acme.Host.Clock.Now);
                else if (act == 1) customer.Change(details with { Email = $"{word}@example.org", OtherPhones = [$"+49 170 {random.Next(1000, 9999)}"] }, acme.Host.Clock.Now);
                else if (act == 2) customer.Change(details with { OtherEmails = random.Next(2) == 0 ? [] : [$"{word}@example.com"] }, acme.Host.Clock.Now);
                else if (act == 3) customer.Change(details with { OrganisationId = ids[random.Next(ids.Count)] is var org && org != id ? org : null }, acme.Host.Clock.Now);
                else if (act == 4) customer.Tags.Add(new CustomerTag(await db.Tags.FirstOrDefaultAsync(t => t.NameNormal == word) is { } tag && customer.Tags.TrueForAll(t => t.TagId != tag.Id) ? tag : new Tag($"{word} {step}")));
                else if (act == 5) customer.Tags.Clear();
                else if (act == 6 && customer.DeletedAt is null) customer.Archive(acme.Host.Clock.Now);
                else customer.Change(details with { City = word, ExternalId = $"{word}-{step}" }, acme.Host.Clock.Now);
                return await db.SaveChangesAsync();
            });
        }

        Assert.Equal(0, await acme.Use(db => db.RebuildSearch(default)));
    }

    [Fact]
    public async Task Save_OrganisationRenamed_ItsPeopleAreFoundByTheNewName()
    {
        var acme = await Make.Tenant();
        var organisation = await Make.Customer(acme, "Blue Whale", d => d with { Kind = CustomerKind.Organisation });
        var person = await Make.Customer(acme, "Ada", d => d with { OrganisationId = organisation });
        await acme.Use(async db =>
        {
            var there = await db.Customers.Include(c => c.ContactPoints).SingleAsync(c => c.Id == organisation);
            there.Change(CustomerDetails.Of(there) with { Name = "Green Turtle" }, acme.Host.Clock.Now);
            return await db.SaveChangesAsync();
        });

        Assert.Equal([organisation, person], await Found(acme, "turtle"));
        Assert.Empty(await Found(acme, "whale"));
    }

    [Fact]
    public async Task Delete_Customer_IsInNoIndex()
    {
        var acme = await Make.Tenant();
        var id = await Make.Customer(acme, "Evanescent");
        await acme.Use(db => db.Customers.Where(c => c.Id == id).ExecuteDeleteAsync());
        Assert.Empty(await Found(acme, "evanescent"));
    }

    [Fact]
    public async Task Rebuild_TextsMissing_WritesThem()
    {
        var acme = await Make.Tenant();
        var ids = new[] { await Make.Customer(acme, "Penelope"), await Make.Customer(acme, "Telemachus") };
        await acme.Use(db => db.CustomerSearches.ExecuteDeleteAsync());
        Assert.Empty(await Found(acme, "penel"));
        Assert.Contains(acme.Id, await acme.Use(db => db.TenantsToFill(default)));
        Assert.Equal(2, await acme.Use(db => db.FillSearch(null, default)));
        Assert.Equal([ids[0]], await Found(acme, "penel"));
        Assert.Equal(0, await acme.Use(db => db.RebuildSearch(default)));
    }

    private static Task<List<long>> Found(TestTenant tenant, string typed) =>
        tenant.Use(db => db.Indexed(CustomerSearchTerms.Of(typed, null)!.Inside!).OrderBy(id => id).ToListAsync());

    /// <summary>Pieces of a text as people might write them.</summary>
    private static IEnumerable<(string Part, string Typed)> Parts(string text, bool phone)
    {
        for (var from = 0; from < text.Length; from++)
        {
            foreach (var length in (int[])[3, 5, text.Length - from])
            {
                if (length < 3 || from + length > text.Length) continue;
                var part = text.Substring(from, length);
                if (SearchText.Fold(part).Length < 3) continue;
                yield return (part, part);
                if (phone && !part.Any(char.IsLetter)) yield return (part, part.Replace(" ", "", StringComparison.Ordinal).Replace("-", ".", StringComparison.Ordinal));
                if (!phone)
                {
                    yield return (part, part.ToUpperInvariant());
                    yield return (part, SearchText.Fold(part));
                    yield return (part, part.Replace('ي', 'ی').Replace('ك', 'ک'));
                }
            }
        }
    }
}
