using CrmWeb.Domain.Customers.BulkEdits;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Customers.Bulk;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers.Bulk;

public sealed class BulkListTests
{
    [Fact]
    public async Task Lists_PutOnTakenOffAndTakenBack()
    {
        var tenant = await Make.Tenant();
        var (ann, bob) = (await Make.Customer(tenant, "Ann"), await Make.Customer(tenant, "Bob"));
        var list = await Make.Segment(tenant, null, "Fair guests");
        BulkWhat What(BulkAct act) => new(act, BulkWhat.Lists) { Values = [ChangeText.Of(list)!] };
        Assert.Equal(1, (await tenant.Do(await Make.BulkEdit(tenant, What(BulkAct.Add), [ann]))).ChangedCount);
        var all = await tenant.Do(await Make.BulkEdit(tenant, What(BulkAct.Add), null, "?stage=lead"));
        Assert.Equal((1, 1), (all.ChangedCount, all.SameCount));
        Assert.Equal([ann, bob], await tenant.MembersOf(list));
        Assert.Equal(2, await tenant.Use(db => db.Segments.Where(s => s.Id == list).Select(s => s.MemberCount).SingleAsync()));

        // who was on it before stays on it
        Assert.Equal((BulkState.Undone, 1, 0), await State(tenant, all.Id));
        Assert.Equal([ann], await tenant.MembersOf(list));
        var off = await tenant.Do(await Make.BulkEdit(tenant, What(BulkAct.Remove), [ann, bob]));
        Assert.Equal((1, 1), (off.ChangedCount, off.SameCount));
        Assert.Empty(await tenant.MembersOf(list));
        Assert.Equal((BulkState.Undone, 1, 0), await State(tenant, off.Id));
        Assert.Equal([ann], await tenant.MembersOf(list));
    }

    [Fact]
    public async Task Form_OffersListsToWhoMayChangeThem_AndPreviewsByName()
    {
        var tenant = await Make.Tenant();
        var (ann, list) = (await Make.Customer(tenant, "Ann"), await Make.Segment(tenant, null, "Fair guests"));
        await Make.Segment(tenant, "stage = \"lead\"", "By rule");
        var marketer = await Make.Member(tenant, Role.Marketer);
        var browser = await marketer.Browser();
        var begun = await browser.Post("/customers/bulk/lists", new { ids = ann });
        var path = "/customers/bulk/" + begun.Location!.OriginalString.Split('/').First(part => long.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out _));
        var form = await browser.Get(path + "/lists");
        Assert.Contains("Fair guests", form.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("By rule", form.Text, StringComparison.Ordinal);
        await browser.Post(path + "/lists", new { Act = "Add", Value = list });
        var shown = await browser.Get(path);
        Assert.Contains("Fair guests", shown.Text, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await (await (await Make.Member(tenant, Role.Sales)).Browser()).Post("/customers/bulk/lists", new { ids = ann })).Status);
    }

    private static async Task<(BulkState, long, long)> State(TestTenant tenant, long id)
    {
        var edit = await tenant.Do(id, undo: true);
        return (edit.State, edit.UndoneCount, edit.KeptCount);
    }
}
