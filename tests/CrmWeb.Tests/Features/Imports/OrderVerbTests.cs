using System.Text;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>Orders and interactions as a shell brings them in.</summary>
public sealed class OrderVerbTests(ImportHost fixture) : IClassFixture<ImportHost>
{
    [Fact]
    public async Task ImportOrders_ByMap_ThenAgain_CountsAndCodes()
    {
        var (acme, mail, path) = await Prepare(fixture.Host, "Nr;Wer;Am;Artikel;Menge;Preis\n1;a@example.org;05.01.2024;TEA;2;10,50\n1;a@example.org;05.01.2024;CUP;1;4\n2;b@example.org;06.01.2024;CUP;0;4\n");
        var map = Path.Combine(fixture.Host.Folder, $"map{Make.Number()}.txt");
        await File.WriteAllTextAsync(map, "Nr=externalId\nWer=customer\nAm=placedAt\nArtikel=product\nMenge=quantity\nPreis=unitPrice\n");
        string[] words = ["import", "orders", path, "--tenant", acme.Slug, "--as", mail, "--map", map, "--match", "email", "--dates", "dmy"];
        Assert.Equal((1, "new 2, changed 0, same 0, refused 1"), await Run([.. words, "--dry-run"]));
        Assert.Equal((1, "new 0, changed 0, same 0, refused 3"), await Run([.. words, "--unknown-products", "refuse", "--dry-run"]));
        Assert.Equal((1, "new 2, changed 0, same 0, refused 1"), await Run([.. words, "--unknown-products", "create"]));
        Assert.Equal((1, "new 0, changed 0, same 2, refused 1"), await Run(words));
        Assert.Equal((25_00L, 2), (await acme.Use(db => db.Customers.SumAsync(c => c.TotalSpent)), await acme.Use(db => db.Products.CountAsync())));
        Assert.Equal(2, (await Run([.. words, "--unknown-products", "perhaps"])).Code);
    }

    [Fact]
    public async Task ImportInteractions_ThenAgain_MakesNothingTwice()
    {
        var (acme, mail, path) = await Prepare(fixture.Host, "phone,date,channel,minutes\n+49 30 123456,2024-01-05 10:00,call,5\n+49 30 123457,2024-01-05 11:00,call,5\nnobody,2024-01-05,call,5\n");
        await Make.Customer(acme, "Ann", c => c with { Phone = "+49 30 123456" });
        string[] words = ["import", "interactions", path, "--tenant", acme.Slug, "--as", mail, "--unknown-customers", "refuse"];
        Assert.Equal((1, "new 1, changed 0, same 0, refused 2"), await Run([.. words, "--dry-run"]));
        Assert.Equal((1, "new 1, changed 0, same 0, refused 2"), await Run(words));
        Assert.Equal((1, "new 0, changed 0, same 1, refused 2"), await Run(words));
        Assert.Equal(1, await acme.Use(db => db.Interactions.CountAsync()));
    }

    [Fact]
    public async Task R2_CommandOfOrdersKilled_IsTakenOverByAServer_AndASecondRunChangesNothing()
    {
        const int orders = 12_000;
        await using var host = await CrmHost.Start(settings: null);
        var file = new StringBuilder("order id,customer,date,product code,quantity,unit price\n");
        for (var i = 0; i < orders; i++) file.Append(FormattableString.Invariant($"O{i},c{i % 900},2024-01-05,TEA,1,10\nO{i},c{i % 900},2024-01-05,CUP,2,3\n"));
        var (acme, mail, path) = await Prepare(host, file.ToString());
        using var child = ChildProgram.Start(host, "import", "orders", path, "--tenant", acme.Slug, "--as", mail);
        for (var wait = 0; wait < 1200 && await acme.Use(db => db.Orders.CountAsync()) < 2000; wait++) await Task.Delay(50);
        child.Kill(entireProcessTree: true);
        await child.WaitForExitAsync();
        Assert.InRange(await acme.Use(db => db.Orders.CountAsync()), 2000, orders - 1);

        host.Clock.Advance(Job.Lease + TimeSpan.FromSeconds(1));
        var runner = host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        var import = await acme.Use(db => db.Imports.AsNoTracking().SingleAsync());
        Assert.Equal((ImportState.Done, orders * 2L, 0L), (import.State, import.NewCount, import.RefusedCount));
        Assert.Equal((orders, orders * 2, orders * 16_00L), await Sums(acme));

        var again = await ChildProgram.Run(host, "import", "orders", path, "--tenant", acme.Slug, "--as", mail);
        Assert.Equal((0, $"new 0, changed 0, same {orders * 2}, refused 0"), (again.Code, again.LastLine));
        Assert.Equal((orders, orders * 2, orders * 16_00L), await Sums(acme));
        Assert.Equal(0, await acme.Use(db => db.RebuildFacts(default)));
    }

    private static async Task<(int, int, long)> Sums(TestTenant acme) =>
        (await acme.Use(db => db.Orders.CountAsync()), await acme.Use(db => db.OrderLines.CountAsync()), await acme.Use(db => db.Customers.SumAsync(c => c.TotalSpent)));

    private async Task<(int Code, string LastLine)> Run(params string[] words)
    {
        var ended = await ChildProgram.Run(fixture.Host, words);
        return (ended.Code, ended.Code == 2 ? "" : ended.LastLine);
    }

    private static async Task<(TestTenant Tenant, string Mail, string Path)> Prepare(CrmHost host, string text)
    {
        var acme = await Make.Tenant(host);
        var path = Path.Combine(host.Folder, $"rows{Make.Number()}.csv");
        await File.WriteAllTextAsync(path, text);
        return (acme, await host.Scope(services => services.GetRequiredService<CrmDb>().Users.Where(u => u.Id == acme.Admin.UserId).Select(u => u.Email!).SingleAsync()), path);
    }
}
