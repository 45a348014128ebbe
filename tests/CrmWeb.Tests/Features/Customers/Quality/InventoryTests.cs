using System.Net;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Quality;
using CrmWeb.Domain.Tenants;
using CrmWeb.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmWeb.Tests.Features.Customers.Quality;

public sealed class InventoryTests
{
    [Fact]
    public async Task Inventory_IsReadByManagers_AndEditedByAdmins()
    {
        var acme = await Make.Tenant();
        var (admin, manager, sales) = (await acme.Admin.Browser(), await (await Make.Member(acme, Role.Manager)).Browser(), await (await Make.Member(acme, Role.Sales)).Browser());
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/quality/inventory/email", new { Purpose = "To write to them", OwnerId = acme.Admin.Id, Version = 0 })).Status);
        Assert.Contains("To write to them", (await manager.Get("/quality/inventory")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await manager.Post("/quality/inventory/email", new { Purpose = "x" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await sales.Get("/quality/inventory")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get("/quality/inventory/nothing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/quality/inventory/email", new { OwnerId = 987654321, Version = 1 })).Status);
        Assert.Equal("At most 300 characters fit here.", (await admin.Post("/quality/inventory/email", new { Purpose = new string('x', 301), Version = 1 })).ErrorFor("Purpose"));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/quality/inventory/email", new { Purpose = "To mail them", Version = 0 })).Status);
        Assert.Contains("To mail them", (await admin.Get("/settings/audit")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R1_Entry_TwoEditors_TheSecondSeesBoth()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/quality/inventory/city", new { Purpose = "Mine", Version = 0 })).Status);
        var opened = (await admin.Get("/quality/inventory/city")).Value("Version");
        Assert.Equal(HttpStatusCode.Redirect, (await admin.Post("/quality/inventory/city", new { Purpose = "Theirs", Version = opened })).Status);
        var second = await admin.Post("/quality/inventory/city", new { Purpose = "Yours", Version = opened });
        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Equal("Yours", second.Value("Purpose"));
        Assert.Contains("(yours: Yours)", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R1_Cell_CountsOnlyItsOwnColumn()
    {
        var acme = await Make.Tenant();
        var admin = await acme.Admin.Browser();
        Assert.Equal(HttpStatusCode.OK, (await admin.Get("/quality/inventory/email/cell?field=purpose")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get("/quality/inventory/email/cell?field=needed")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Post("/quality/inventory/email/cell?field=purpose", new { Purpose = "One", Seen = "" })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Post("/quality/inventory/email/cell?field=source", new { Source = "Web form", Seen = "" })).Status);
        var conflict = await admin.Post("/quality/inventory/email/cell?field=purpose", new { Purpose = "Two", Seen = "" });
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("They savedOne", conflict.Text, StringComparison.Ordinal);
        Assert.Equal("Two", conflict.Value("Purpose"));
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Post("/quality/inventory/email/cell?field=purpose", new { Purpose = "Two", Seen = "One" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.Post("/quality/inventory/email/cell?field=purpose", new { Purpose = new string('x', 301), Seen = "Two" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/quality/inventory/email/cell?field=owner", new { OwnerId = 987654321, Seen = "" })).Status);
        var entry = await acme.Use(db => db.DataFields.SingleAsync());
        Assert.Equal(("Two", "Web form"), (entry.Purpose, entry.Source));
    }

    [Fact]
    public async Task Gaps_ShowFieldsWithoutPurposeAndThoseThatNobodyFills()
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Text, "Shoe size");
        await Make.Customer(acme, with: d => d with { Email = "ann@example.org" });
        await Make.View(acme.Admin, "email.op=empty&columns=name,city");
        await acme.Tend();
        var admin = await acme.Admin.Browser();
        await admin.Post("/quality/inventory/email", new { Purpose = "To write", Version = 0 });
        Assert.DoesNotContain("E-mail", (await admin.Get("/quality/inventory?gap=no-purpose")).Texts(".crm-list-name bdi"));
        var unused = (await admin.Get("/quality/inventory?gap=unused")).Texts(".crm-list-name bdi").ToList();
        Assert.Contains("Shoe size", unused);
        Assert.DoesNotContain("E-mail", unused);
        var outside = (await admin.Get("/quality/inventory?gap=not-in-views")).Texts(".crm-list-name bdi").ToList();
        Assert.DoesNotContain("E-mail", outside);
        Assert.DoesNotContain("City", outside);
        Assert.Contains("Phone", outside);
    }

    /// <summary>T10 and T16: the export shows what the page shows, and no formula.</summary>
    [Fact]
    public async Task T10_Export_HasNoHiddenField()
    {
        var acme = await Make.Tenant();
        await Make.Field(acme, CustomFieldType.Text, "Shoe size", d => d with { VisibleTo = Role.Sales });
        await acme.Use(async db =>
        {
            var entry = new DataField("email");
            entry.Change(new DataFieldDetails { Purpose = "=1+1" });
            db.DataFields.Add(entry);
            return await db.SaveChangesAsync();
        });
        var manager = await (await Make.Member(acme, Role.Manager)).Browser();
        var file = await manager.Get("/quality/inventory.csv");
        Assert.DoesNotContain("Shoe size", file.Body, StringComparison.Ordinal);
        Assert.Contains("email", file.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(",=1+1", file.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Shoe size", (await manager.Get("/quality/inventory")).Text, StringComparison.Ordinal);
        Assert.Contains("custom.shoe_size", (await (await acme.Admin.Browser()).Get("/quality/inventory.csv")).Body, StringComparison.Ordinal);
    }
}
