using System.Data.Common;
using System.Net;
using CrmWeb.Data.Providers;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Tests.Support.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Shared;

public sealed class ChangedMeanwhileTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("htmx")]
    [InlineData("json")]
    public async Task Post_TwoAtOnce_TheSlowerOneIsToldAndNothingBreaks(string way)
    {
        var together = new Together();
        await using var host = await CrmHost.Start(together.Watch);
        var tenant = await Make.Tenant(host);
        var task = await Make.Task(tenant, tenant.Admin);
        var (one, two) = (await Make.Member(tenant, Role.Sales), await Make.Member(tenant, Role.Sales));
        var browser = await tenant.Admin.Browser();
        await browser.Get("/tasks");
        if (way == "htmx") browser.Http.DefaultRequestHeaders.Add("HX-Request", "true");
        if (way == "json") browser.Http.DefaultRequestHeaders.Add("Accept", "application/json");

        var answers = await Task.WhenAll(browser.Post($"/tasks/{task}/owner", new { OwnerId = one.Id }), browser.Post($"/tasks/{task}/owner", new { OwnerId = two.Id }));

        HttpStatusCode[] expected = way == "plain" ? [HttpStatusCode.Redirect, HttpStatusCode.Redirect] : [HttpStatusCode.Redirect, HttpStatusCode.Conflict];
        Assert.Equal(expected, answers.Select(answer => answer.Status).Order());
        Assert.Equal(1, await tenant.Use(async db => (await db.Tasks.SingleAsync(t => t.Id == task)).Version));
        var conflict = answers.SingleOrDefault(answer => answer.Status == HttpStatusCode.Conflict);
        if (way == "htmx")
        {
            Assert.Contains("in the meantime", conflict!.Response.Headers.GetValues("HX-Trigger").Single(), StringComparison.Ordinal);
            Assert.Equal("none", conflict.Response.Headers.GetValues("HX-Reswap").Single());
            Assert.Equal("", conflict.Body);
        }

        if (way == "json") Assert.Contains("in the meantime", conflict!.Body, StringComparison.Ordinal);
    }

    /// <summary>Lets two saves that change a task begin only when both have read it: before their transactions, of which an engine may let in only one.</summary>
    private sealed class Together : DbTransactionInterceptor
    {
        private readonly TaskCompletionSource both = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int waiting;

        public void Watch(IServiceCollection services)
        {
            if (TestDatabase.Provider == TestProvider.PostgreSql) services.ConfigureDbContext<PostgreSqlCrmDb>(options => options.AddInterceptors(this));
            else services.ConfigureDbContext<SqliteCrmDb>(options => options.AddInterceptors(this));
        }

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
        {
            if (!eventData.Context!.ChangeTracker.Entries<CrmTask>().Any(entry => entry.State == EntityState.Modified)) return result;
            if (Interlocked.Increment(ref waiting) == 2) both.SetResult();
            await both.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
            return result;
        }
    }
}
