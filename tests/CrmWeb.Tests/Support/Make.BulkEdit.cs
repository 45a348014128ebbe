using CrmWeb.Data;
using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Customers.Bulk;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>A bulk edit that is looked at and not run: of these customers, or of all that match the address. Answers its id.</summary>
    public static Task<long> BulkEdit(TestTenant tenant, BulkWhat? what, IEnumerable<long>? ids = null, string query = "", TestMember? by = null) => tenant.Use(async db =>
    {
        var edit = new BulkEdit(ids is null ? query : null, ids is null ? null : string.Join(" ", ids.Order()), (by ?? tenant.Admin).Id, tenant.Host.Clock.Now) { What = what?.ToJson() };
        db.BulkEdits.Add(edit);
        await db.SaveChangesAsync();
        return edit.Id;
    });
}

public static class BulkTesting
{
    /// <summary>Runs a bulk edit, or takes it back, as the pages do. Answers it.</summary>
    public static async Task<BulkEdit> Do(this TestTenant tenant, long editId, bool undo = false, TestMember? by = null)
    {
        await tenant.AskBulk(editId, undo, by);
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        return await tenant.BulkEditOf(editId);
    }

    public static Task<BulkEdit> BulkEditOf(this TestTenant tenant, long editId) => tenant.Use(db => db.BulkEdits.AsNoTracking().Include(e => e.Job).SingleAsync(e => e.Id == editId));

    public static Task<long> AskBulk(this TestTenant tenant, long editId, bool undo = false, TestMember? by = null) => tenant.Use(async db =>
    {
        var edit = await db.BulkEdits.SingleAsync(e => e.Id == editId);
        await BulkSteps.Begin(db, edit, undo, tenant.Host.Clock.Now, default);
        return edit.JobId!.Value;
    }, new Actor((by ?? tenant.Admin).Id, Role.Admin, Visibility.All, []));
}
