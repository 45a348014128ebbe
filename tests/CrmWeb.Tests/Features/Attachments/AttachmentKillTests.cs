using System.Diagnostics;
using System.Net;
using CrmWeb.Data;
using CrmWeb.Tests.Support;
using CrmWeb.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static CrmWeb.Tests.Features.Attachments.AttachmentPagesTests;

namespace CrmWeb.Tests.Features.Attachments;

/// <summary>R2: a server that is killed while files come in leaves no row without its bytes, and after the sweep no bytes without a row.</summary>
public sealed class AttachmentKillTests
{
    [Fact]
    public async Task R2_ServerKilled_DuringUploadAndBetweenBytesAndRow_LosesAndLeavesNothing()
    {
        await using var host = await CrmHost.Start();
        var acme = await Make.Tenant(host);
        var customer = await Make.Customer(acme);
        await Make.File(acme, customer, "before.pdf");
        var key = (await Make.ApiKey(acme.Admin)).Secret;

        // in the middle of the body
        var (server, http) = await Serve(host, key);
        var half = new MultipartFormDataContent { { new HalfOf(Make.Pdf(new string('x', 200_000))), "file", "half.pdf" } };
        var sending = http.PostAsync(new Uri($"/api/v1/customers/{customer}/files", UriKind.Relative), half);
        await Task.Delay(500);
        await Kill(server);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);
        Assert.Single(OnDisk(acme));

        // the bytes are there, and the row waits for the lock of the tenant
        (server, http) = await Serve(host, key);
        await acme.Use(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.HoldTenant(default);
            sending = http.PostAsync(new Uri($"/api/v1/customers/{customer}/files", UriKind.Relative), Make.Upload("file", ("between.pdf", Make.Pdf("between"))));
            for (var wait = 0; wait < 100 && OnDisk(acme).Count < 2; wait++) await Task.Delay(50);
            await Kill(server);
            return 0;
        });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);
        Assert.Equal(2, OnDisk(acme).Count);
        Assert.Equal(["before.pdf"], await Named(acme, a => a.Name));

        // the next one goes on as if nothing had happened, and the sweep takes what nobody names
        (server, http) = await Serve(host, key);
        Assert.Equal(HttpStatusCode.Created, (await http.PostAsync(new Uri($"/api/v1/customers/{customer}/files", UriKind.Relative), Make.Upload("file", ("after.pdf", Make.Pdf("after"))))).StatusCode);
        await Kill(server);
        foreach (var path in OnDisk(acme)) File.SetLastWriteTimeUtc(path, host.Clock.Now.AddDays(-2));
        await host.Scope(async services => { await services.GetRequiredService<Schedule>().Daily(default); return 0; });
        Assert.Equal(["after.pdf", "before.pdf"], await Named(acme, a => a.Name));
        Assert.Equal((await Named(acme, a => a.StoredName)).Order(StringComparer.Ordinal), OnDisk(acme).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    private static async Task<(Process, HttpClient)> Serve(CrmHost host, string key)
    {
        var (server, http) = await ChildProgram.Serve(host);
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {key}");
        // notes that the key was used, which it does once in a while
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/api/v1/customers", UriKind.Relative))).StatusCode);
        return (server, http);
    }

    private static async Task Kill(Process server)
    {
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
    }

    private static Task<List<string>> Named(TestTenant acme, System.Linq.Expressions.Expression<Func<CrmWeb.Domain.Customers.Attachment, string>> of) =>
        acme.Use(db => db.Attachments.OrderBy(a => a.Name).Select(of).ToListAsync());

    /// <summary>A body that stops in the middle and never goes on.</summary>
    private sealed class HalfOf(byte[] bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            await Task.Delay(TimeSpan.FromMinutes(1));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
