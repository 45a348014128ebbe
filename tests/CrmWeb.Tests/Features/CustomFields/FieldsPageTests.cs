using System.Net;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.CustomFields;

public sealed class FieldsPageTests
{
    [Fact]
    public async Task Index_NotAdmin_IsForbidden()
    {
        var acme = await Make.Tenant();
        var manager = await (await Make.Member(acme, Role.Manager)).Browser();
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.Get("/settings/fields")).Status);
    }

    [Fact]
    public async Task New_EveryType_HasAFormAndIsMade()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        Assert.Contains("No fields of your own yet", (await admin.Get("/settings/fields")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/settings/fields/new")).Status);
        foreach (var type in Enum.GetValues<CustomFieldType>())
        {
            Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/settings/fields/new?type={type}")).Status);
            var made = await admin.Post("/settings/fields/new", new { Type = type, Label = $"Of {type}", NewOptions = type.HasOptions() ? "One\nTwo" : null });
            Assert.True(made.Status == HttpStatusCode.Redirect, made.Text);
        }

        var page = await admin.Get("/settings/fields");
        Assert.Equal(11, page.Html.QuerySelectorAll("tr.crm-list-row").Length);
        Assert.Contains("custom.of_longtext", page.Text, StringComparison.Ordinal);
        foreach (var field in await acme.Use(db => db.CustomFields.ToListAsync())) Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/settings/fields/{field.Id}")).Status);
    }

    [Theory]
    [InlineData("Text", "", null, null, "Label", "Please fill this in.")]
    [InlineData("Text", "Twin", "twin", null, "Key", "Another field has this key.")]
    [InlineData("Text", "A", "Not a key", null, "Key", "A key begins with a small letter (a to z) and has small letters, digits and underscores.")]
    [InlineData("Choice", "A", null, null, "NewOptions", "Write at least one option.")]
    [InlineData("Number", "A", null, "many", "Default", "This is no value of the field.")]
    public async Task Create_Wrong_SaysWhatAtTheField(string type, string label, string? key, string? @default, string field, string error)
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Text, "Twin");
        var page = await (await acme.Admin.Browser()).Post("/settings/fields/new", new { Type = type, Label = label, Key = key, Default = @default });
        Assert.Equal((HttpStatusCode.BadRequest, error), (page.Status, page.ErrorFor(field)));
        Assert.Equal(1, await acme.Use(db => db.CustomFields.CountAsync()));
    }

    [Fact]
    public async Task Save_Options_RenamedKeepsValues_UsedIsRetired_UnusedIsGone()
    {
        var acme = await Make.Tenant();
        var field = await Make.Field(acme, CustomFieldType.Choice, "Machine", null, "Filter", "Espresso", "French press");
        var (filter, espresso, press) = (field.Options[0].Id, field.Options[1].Id, field.Options[2].Id);
        var fields = await Make.FieldsOf(acme);
        var id = await Make.Customer(acme, with: d => (d with { CustomFields = fields }).With("machine", [CustomText.Id(filter)]));
        var kept = await Make.Customer(acme, with: d => (d with { CustomFields = fields }).With("machine", [CustomText.Id(espresso)]));
        var admin = await acme.Admin.Browser();

        var saved = await admin.Post($"/settings/fields/{field.Id}", new Dictionary<string, string>
        {
            ["Label"] = "Machine",
            ["Version"] = "0",
            ["Options[0].Id"] = CustomText.Id(filter),
            ["Options[0].Name"] = "Filter machine",
            ["Options[1].Id"] = CustomText.Id(espresso),
            ["Options[1].Name"] = "",
            ["Options[2].Id"] = CustomText.Id(press),
            ["Options[2].Name"] = "",
            ["NewOptions"] = "Moka\nAeropress",
        });
        Assert.True(saved.Status == HttpStatusCode.Redirect, saved.Text);

        var options = await acme.Use(db => db.CustomFieldOptions.OrderBy(o => o.Position).Select(o => new { o.Name, Out = o.RetiredAt != null }).ToListAsync());
        Assert.Equal([("Filter machine", false), ("Espresso", true), ("Moka", false), ("Aeropress", false)], options.Select(o => (o.Name, o.Out)));
        Assert.Contains("Filter machine", (await admin.Get($"/customers/{id}")).Text, StringComparison.Ordinal);
        Assert.Contains("Espresso", (await admin.Get($"/customers/{kept}")).Text, StringComparison.Ordinal);
        var form = await admin.Get($"/customers/{id}/edit");
        Assert.DoesNotContain(form.Texts("#Custom_machine_ option"), name => name == "Espresso");
    }

    [Fact]
    public async Task Retire_ThenBringBack_KeepsTheValues()
    {
        var acme = await Make.Tenant();
        var field = await Make.Field(acme, CustomFieldType.Text, "Room");
        var fields = await Make.FieldsOf(acme);
        var id = await Make.Customer(acme, with: d => (d with { CustomFields = fields }).With("room", ["Behind the stairs"]));
        var admin = await acme.Admin.Browser();

        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/fields/{field.Id}/retire")).Status);
        Assert.DoesNotContain("Behind the stairs", (await admin.Get($"/customers/{id}")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Room", (await admin.Get("/customers")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/customers/{id}/edit", (await admin.Get($"/customers/{id}/edit")).Untouched("/edit"))).Status);
        await admin.Post($"/settings/fields/{field.Id}/restore");
        Assert.Contains("Behind the stairs", (await admin.Get($"/customers/{id}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_MovesTheFieldInTheForm()
    {
        var acme = await Make.Tenant();
        var (first, second) = (await Make.Field(acme, CustomFieldType.Text, "First"), await Make.Field(acme, CustomFieldType.Text, "Second"));
        var admin = await acme.Admin.Browser();
        await admin.Post($"/settings/fields/{first.Id}/down");
        Assert.Equal(["Second", "First"], (await admin.Get("/customers/new")).Texts("details label.form-label"));
        await admin.Post($"/settings/fields/{first.Id}/up");
        await admin.Post($"/settings/fields/{second.Id}/up");
        Assert.Equal(["Second", "First"], (await admin.Get("/customers/new")).Texts("details label.form-label"));
    }

    [Fact]
    public async Task Unique_ValuesStandTwice_IsRefusedWithTheCount()
    {
        var acme = await Make.Tenant();
        var field = await Make.Field(acme, CustomFieldType.Text, "Plate");
        var fields = await Make.FieldsOf(acme);
        foreach (var plate in (string[])["B-XY 1", "b-xy 1", "B-XY 2"]) await Make.Customer(acme, with: d => (d with { CustomFields = fields }).With("plate", [plate]));
        var admin = await acme.Admin.Browser();
        var refused = await admin.Post($"/settings/fields/{field.Id}", new { Label = "Plate", Unique = "true", Version = 0 });
        Assert.Equal("1 values stand with more than one customer. Mend them first.", refused.ErrorFor("Unique"));

        await acme.Use(db => db.CustomValues.Where(v => v.Text == "b-xy 1").ExecuteDeleteAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/fields/{field.Id}", new { Label = "Plate", Unique = "true", Version = 0 })).Status);
        Assert.Equal(["b-xy 1", "b-xy 2"], await acme.Use(db => db.CustomValues.Select(v => v.UniqueKey!).OrderBy(k => k).ToListAsync()));
        var again = await admin.Post("/customers/new", new Dictionary<string, string> { ["Name"] = "Ann", ["Custom[plate]"] = "B-xy 2" });
        Assert.Contains("Another customer has this value.", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unique_Numbers_AreKeptByTheDatabase()
    {
        var acme = await Make.Tenant();
        var field = await Make.Field(acme, CustomFieldType.Number, "Seat");
        var fields = await Make.FieldsOf(acme);
        await Make.Customer(acme, with: d => (d with { CustomFields = fields }).With("seat", ["12.5"]));
        await (await acme.Admin.Browser()).Post($"/settings/fields/{field.Id}", new { Label = "Seat", Unique = "true", Version = 0 });
        fields = await Make.FieldsOf(acme);
        await Assert.ThrowsAsync<DbUpdateException>(() => Make.Customer(acme, with: d => (d with { CustomFields = fields }).With("seat", ["12.5"])));
    }

    [Fact]
    public async Task Type_TextToNumber_ShowsWhatIsLostBeforeItIs()
    {
        var acme = await Make.Tenant();
        var field = await Make.Field(acme, CustomFieldType.Text, "Kilos");
        var fields = await Make.FieldsOf(acme);
        foreach (var kilos in (string[])["12,5", "3", "a few"]) await Make.Customer(acme, $"Buys {kilos}", d => (d with { CustomFields = fields }).With("kilos", [kilos]));
        var admin = await acme.Admin.Browser();

        var preview = await admin.Get($"/settings/fields/{field.Id}/type?to=Number");
        Assert.Contains("Buys a few", preview.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Buys 3", preview.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post($"/settings/fields/{field.Id}/type", new { To = "Number", Version = 0 })).Status);
        Assert.Equal(3, await acme.Use(db => db.CustomValues.CountAsync(v => v.Text != null)));

        var done = await admin.Post($"/settings/fields/{field.Id}/type", new { To = "Number", Version = 0, Lose = 1 });
        Assert.True(done.Status == HttpStatusCode.Redirect, done.Text);
        Assert.Equal([30_000L, 125_000L], await acme.Use(db => db.CustomValues.OrderBy(v => v.Number).Select(v => v.Number!.Value).ToListAsync()));
        Assert.Equal(2, (await admin.Get("/customers?custom.kilos.op=filled")).Html.QuerySelectorAll("tr.crm-list-row").Length);
    }

    [Fact]
    public async Task Type_TextToChoiceAndBack_LosesNothing()
    {
        var acme = await Make.Tenant();
        var field = await Make.Field(acme, CustomFieldType.Text, "Roast");
        var fields = await Make.FieldsOf(acme);
        foreach (var roast in (string[])["Dark", "Light", "dark"]) await Make.Customer(acme, with: d => (d with { CustomFields = fields }).With("roast", [roast]));
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/fields/{field.Id}/type", new { To = "Choices", Version = 0 })).Status);
        Assert.Equal(["Dark", "Light"], await acme.Use(db => db.CustomFieldOptions.OrderBy(o => o.Name).Select(o => o.Name).ToListAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/fields/{field.Id}/type", new { To = "Text", Version = 1 })).Status);
        Assert.Equal(["dark", "dark", "light"], await acme.Use(db => db.CustomValues.OrderBy(v => v.TextNormal).Select(v => v.TextNormal!).ToListAsync()));
    }

    [Fact]
    public async Task Groups_AddRenameMoveDelete_FieldsStay()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        Assert.Equal("Please fill this in.", (await admin.Post("/settings/fields/groups/new", new { Name = " " })).ErrorFor("Name"));
        foreach (var name in (string[])["Coffee", "Contract"]) Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/settings/fields/groups/new", new { Name = name })).Status);
        Assert.Equal("There is a group of this name already.", (await admin.Post("/settings/fields/groups/new", new { Name = "Coffee" })).ErrorFor("Name"));
        var ids = await acme.Use(db => db.CustomFieldGroups.OrderBy(g => g.Position).Select(g => g.Id).ToListAsync());
        await Make.Field(acme, CustomFieldType.Text, "Roast", d => d with { GroupId = ids[0] });
        await Make.Field(acme, CustomFieldType.Text, "Until", d => d with { GroupId = ids[1] });
        await admin.Post($"/settings/fields/groups/{ids[1]}/up");
        Assert.Equal(["Contract", "Coffee"], (await admin.Get("/customers/new")).Texts("summary").Where(text => text is "Contract" or "Coffee"));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/fields/groups/{ids[1]}", new { Name = "Terms" })).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post($"/settings/fields/groups/{ids[0]}/delete")).Status);
        var page = await admin.Get("/settings/fields");
        Assert.Contains("Terms", page.Text, StringComparison.Ordinal);
        Assert.Contains("Roast", page.Text, StringComparison.Ordinal);
    }
}
