using System.Net;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.CustomFields;

/// <summary>Options stand in an order that an admin says; lists follow it.</summary>
public sealed class OptionOrderTests
{
    [Fact]
    public async Task Save_OptionsInAnotherOrder_StandInIt()
    {
        var acme = await Make.Tenant();
        var field = await Make.Field(acme, CustomFieldType.Choice, "Size", null, "Large", "Small", "Middle");
        var (large, small, middle) = (field.Options[0].Id, field.Options[1].Id, field.Options[2].Id);
        var browser = await acme.Admin.Browser();
        var page = await browser.Get($"/settings/fields/{field.Id}");
        Assert.Equal(3, page.Html.QuerySelectorAll("[data-order] .crm-order-item").Length);
        var body = new List<KeyValuePair<string, string>> { new("Label", "Size"), new("Version", page.Value("Version")!), new("NewOptions", "Huge") };
        // the boxes keep their numbers, whatever their order on the page
        foreach (var (index, id, name) in new[] { (1, small, "Small"), (2, middle, "Middle"), (0, large, "Large") })
            body.AddRange([new("Options.Index", $"{index}"), new($"Options[{index}].Id", $"{id}"), new($"Options[{index}].Name", name)]);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Post($"/settings/fields/{field.Id}", body)).Status);
        Assert.Equal(["Small", "Middle", "Large", "Huge"], await acme.Use(db => db.CustomFieldOptions.OrderBy(o => o.Position).Select(o => o.Name).ToListAsync()));
        Assert.Equal(["Small", "Middle", "Large", "Huge"], (await browser.Get("/customers/new")).Texts("select[name='Custom[size]'] option").Skip(1));
    }

    [Theory]
    [InlineData("custom.size", "a c b d e")]
    [InlineData("-custom.size", "d b c a e")]
    public async Task List_ByAChoice_StandsInTheOrderOfItsOptions_PageByPage(string sort, string expected)
    {
        var acme = await Make.Tenant();
        var field = await Make.Field(acme, CustomFieldType.Choice, "Size", null, "Small", "Middle", "Large");
        var fields = await Make.FieldsOf(acme);
        foreach (var (name, option) in new[] { ("a", 0), ("d", 2), ("c", 1), ("b", 1), ("e", -1) })
            await Make.Customer(acme, name, d => d with { CustomFields = fields, Custom = option < 0 ? d.Custom : d.Custom.SetItem("size", [CustomText.Id(field.Options[option].Id)]) });
        var program = await Make.Program(acme.Admin);
        foreach (var size in new[] { 1, 2, 200 })
        {
            var (seen, after) = (new List<string>(), (string?)null);
            do
            {
                var page = (await program.Get($"/customers?sort={sort}&limit={size}{(after is null ? "" : $"&after={Uri.EscapeDataString(after)}")}")).Json;
                seen.AddRange(page["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()));
                after = page["next"]?.GetValue<string>();
            }
            while (after is not null);
            Assert.Equal(expected, string.Join(' ', seen));
        }

        // and back again on the page
        var browser = await acme.Admin.Browser();
        Assert.Equal(expected.Split(' '), (await browser.Get($"/customers?sort={sort}&columns=name,custom.size")).Texts("tr.crm-list-row th bdi"));
    }
}
