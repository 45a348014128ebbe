using AngleSharp.Html.Dom;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Imports;

/// <summary>Takes a file through the pages of the wizard as a person who agrees to everything.</summary>
internal static class WizardWalk
{
    public static async Task<Page> Upload(this Visitor browser, byte[] content, string name)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "File", name } };
        return await browser.Send(HttpMethod.Post, "/imports/new", form);
    }

    /// <summary>From the upload to the end of the run; every step posts what its page shows.</summary>
    public static async Task<Import> ImportByPages(this Visitor browser, TestTenant tenant, byte[] content, string name)
    {
        var uploaded = await browser.Upload(content, name);
        Assert.True(uploaded.Location is not null, uploaded.ErrorFor("File"));
        var id = await tenant.Use(db => db.Imports.OrderByDescending(i => i.Id).Select(i => i.Id).FirstAsync());
        foreach (var step in new[] { "format", "columns" })
        {
            var page = await browser.Get($"/imports/{id}/{step}");
            var posted = await browser.Post($"/imports/{id}/{step}", Fields(page, $"/imports/{id}/{step}"));
            Assert.True(posted.Location is not null, posted.Text);
        }

        await Work(tenant);
        Assert.Equal(ImportState.Checked, (await tenant.ImportOf(id)).State);
        await browser.Post($"/imports/{id}/run");
        await Work(tenant);
        return await tenant.ImportOf(id);
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(Page page, string action) =>
        page.Html.QuerySelectorAll($"form[action$='{action}'] [name]").Where(field => field is not IHtmlButtonElement and not IHtmlInputElement { Type: "checkbox", IsChecked: false })
            .Select(field => field.GetAttribute("name")!).Distinct(StringComparer.Ordinal).Where(name => name != "__RequestVerificationToken")
            .Select(name => KeyValuePair.Create(name, page.Value(name) ?? ""));

    private static async Task Work(TestTenant tenant)
    {
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
    }
}
