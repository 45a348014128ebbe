using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>How the file is written: what was detected, to be looked at and changed.</summary>
[Authorize(Permissions.ImportCustomers)]
public sealed class ImportFormatController(ImportFiles files, IStringLocalizer L) : TenantController
{
    [HttpGet("imports/{id:long}/format")]
    public async Task<IActionResult> Edit(long id, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return NotFound();
        var settings = ImportSettings.Of(import);
        return View("Format", await Page(import, settings, FormatForm.Of(settings), stop));
    }

    /// <summary>The first rows under settings that are not saved yet.</summary>
    [HttpGet("imports/{id:long}/preview")]
    public async Task<IActionResult> Preview(long id, FormatForm form, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return NotFound();
        ModelState.Clear();
        return PartialView("_Preview", await Page(import, form.Apply(ImportSettings.Of(import)), form, stop));
    }

    [HttpPost("imports/{id:long}/format")]
    public async Task<IActionResult> Save(long id, FormatForm form, CancellationToken stop)
    {
        if (await Find(id, stop) is not { } import) return NotFound();
        if (!ModelState.IsValid) return View("Format", await Page(import, ImportSettings.Of(import), form, stop));

        await using var file = files.Open(Db.Current, import);
        try
        {
            var settings = form.Apply(ImportSettings.Of(import)).WithColumns(file);
            import.Settings = settings.ToJson();
            import.State = ImportState.Mapping;
        }
        catch (UnreadableFileException)
        {
            // the preview says it
            return View("Format", await Page(import, form.Apply(ImportSettings.Of(import)), form, stop));
        }

        try
        {
            await Db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            TempData.Toast(L["Somebody else began this at the same moment."], Tone.Warn);
            return RedirectToAction("Show", "Imports", new { id });
        }

        return form.Again ? RedirectToAction(nameof(Edit), new { id }) : RedirectToAction("Edit", "ImportColumns", new { id });
    }

    private async Task<Import?> Find(long id, CancellationToken stop) =>
        await Db.SeenImports().Include(i => i.Job).SingleOrDefaultAsync(i => i.Id == id, stop) is { } import && import.MayBeMapped() ? import : null;

    private async Task<FormatPage> Page(Import import, ImportSettings settings, FormatForm form, CancellationToken stop)
    {
        await using var file = files.Open(Db.Current, import);
        return FormatPage.Read(import, settings, form, file);
    }
}

public sealed record FormatForm
{
    public string Encoding { get; init; } = "utf-8";
    public string Delimiter { get; init; } = "comma";
    public bool HasHeader { get; init; }
    public DateOrder? Dates { get; init; }

    /// <summary>Save, and show the same page again: the way without scripts.</summary>
    public bool Again { get; init; }

    public static readonly (string Name, char Sign)[] Delimiters = [("comma", ','), ("semicolon", ';'), ("tab", '\t'), ("bar", '|'), ("blanks", SpacedRows.Delimiter)];

    public static FormatForm Of(ImportSettings settings) => new()
    {
        Encoding = settings.Encoding,
        HasHeader = settings.HasHeader,
        Dates = settings.Dates,
        Delimiter = Array.Find(Delimiters, d => d.Sign == settings.Delimiter).Name ?? "comma",
    };

    public ImportSettings Apply(ImportSettings settings) => settings with
    {
        Encoding = FileEncoding.Names.Contains(Encoding, StringComparer.Ordinal) ? Encoding : settings.Encoding,
        Delimiter = Array.Find(Delimiters, d => d.Name == Delimiter) is { Name: not null } found ? found.Sign : settings.Delimiter,
        HasHeader = settings.IsCards || HasHeader,
        Dates = Dates,
    };
}

/// <summary>The first rows as they are read, and what was seen.</summary>
public sealed record FormatPage(Import Import, ImportSettings Settings, FormatForm Form)
{
    private const int Shown = 20;

    public IReadOnlyList<string> Columns { get; private init; } = [];
    public IReadOnlyList<FileRow> Rows { get; private init; } = [];

    /// <summary>Of the first byte that the encoding does not explain.</summary>
    public long? NotUtf8At { get; private init; }

    public long? UnreadableLine { get; private init; }

    /// <summary>Of the columns that look like dates of creation.</summary>
    public DateOrderGuess Dates { get; private init; }

    public static FormatPage Read(Import import, ImportSettings settings, FormatForm form, Stream file)
    {
        var page = new FormatPage(import, settings, form) { NotUtf8At = settings.Encoding == "utf-8" ? FileEncoding.Detect(file).NotUtf8At : null };
        try
        {
            var table = new ImportTable(file, settings.Format(file));
            var guessed = (settings with { Columns = table.Columns }).Guessed(CustomFieldSet.None);
            return page with { Columns = table.Columns, Rows = [.. table.Rows().Take(Shown)], Dates = guessed.DatesOf(file) };
        }
        catch (UnreadableFileException unreadable)
        {
            return page with { UnreadableLine = unreadable.Line };
        }
    }
}
