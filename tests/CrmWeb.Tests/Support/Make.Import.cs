using System.Text;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Domain.Tenants;
using CrmWeb.Web.Features.Imports;
using CrmWeb.Web.Platform.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    /// <summary>An uploaded file, mapped as the wizard would guess it unless said. Answers the id of the import.</summary>
    public static Task<long> Import(TestTenant tenant, string text, Func<ImportSettings, ImportSettings>? with = null, TestMember? by = null) =>
        Import(tenant, Encoding.UTF8.GetBytes(text), with, by);

    /// <summary>A file of something else than customers, mapped as the wizard would guess it unless said.</summary>
    public static async Task<long> ImportOf(TestTenant tenant, ImportOf what, byte[] file, Func<ImportSettings, ImportSettings>? with = null)
    {
        using var stream = new MemoryStream(file);
        var settings = ImportSource.Detect(stream, what).Guessed(CustomFieldSet.None);
        settings = settings with { Dates = settings.DatesOf(stream).Order };
        return await Import(tenant, file, _ => with?.Invoke(settings) ?? settings);
    }

    public static Task<long> Import(TestTenant tenant, byte[] file, Func<ImportSettings, ImportSettings>? with = null, TestMember? by = null) => tenant.Use(async db =>
    {
        var files = tenant.Host.Services.GetRequiredService<ImportFiles>();
        var stored = (await files.Save(db.Current, new MemoryStream(file), default))!;
        var settings = await db.Guess(ImportSource.Detect(new MemoryStream(file)), await db.LoadCustomFields(default), default);
        var import = new Import($"file {Number()}.csv", stored.Key, stored.Size, (by ?? tenant.Admin).Id, tenant.Host.Clock.Now)
        {
            Settings = (with?.Invoke(settings) ?? settings).ToJson(),
        };
        db.Imports.Add(import);
        await db.SaveChangesAsync();
        return import.Id;
    });
}

public static class ImportTesting
{
    /// <summary>Asks for a step of an import as the pages do, and works it off. Answers the import.</summary>
    public static async Task<Import> Do(this TestTenant tenant, long importId, string jobKind)
    {
        await tenant.Ask(importId, jobKind);
        var runner = tenant.Host.Services.GetRequiredService<JobRunner>();
        while (await runner.RunNext(default)) { }
        return await tenant.ImportOf(importId);
    }

    public static Task<Import> ImportOf(this TestTenant tenant, long importId) => tenant.Use(db => db.Imports.AsNoTracking().Include(i => i.Job).SingleAsync(i => i.Id == importId));

    public static Task<long> Ask(this TestTenant tenant, long importId, string jobKind) => tenant.Use(async db =>
    {
        var import = await db.Imports.SingleAsync(i => i.Id == importId);
        return await ImportSteps.Begin(db, import, jobKind, tenant.Host.Clock.Now, default);
    }, new Actor(tenant.Admin.Id, Role.Admin, Visibility.All, []));
}
