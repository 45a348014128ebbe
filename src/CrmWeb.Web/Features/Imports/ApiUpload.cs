using CrmWeb.Data;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Web.Platform.Files;
using CrmWeb.Web.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What the wizard asks in steps, said at once: a file, and how it is to be read.</summary>
internal sealed class ApiUpload(CrmDb db, CurrentMember me, ModelStateDictionary errors, CustomFieldSet custom, IStringLocalizer L)
{
    /// <summary>The settings under which the file comes in; null when something does not fit, which is said.</summary>
    public async Task<ImportSettings?> Settle(Stream file, ImportInput input, CancellationToken stop)
    {
        if (FileKinds.Refuse(file, L) is { } reason)
        {
            errors.AddModelError("file", reason);
            return null;
        }

        try
        {
            var settings = await db.Guess(ImportSource.Detect(file, Choice(ImportWordings.Kinds, input.Kind, "kind") ?? ImportOf.Customers), custom, stop);
            if (!new ImportTable(file, settings.Format(file)).Rows().Any()) errors.AddModelError("file", L["There is no row in this file."]);
            if (input.Map is { Length: > 0 }) settings = Map(settings, input);
            if (Choice(ImportWordings.Matches, input.Match, "match") is { } match) settings = settings with { Match = match };
            if (Choice(ImportWordings.OnMatches, input.OnMatch, "onMatch") is { } onMatch) settings = settings with { OnMatch = onMatch };
            if (Choice(ImportWordings.OnDuplicates, input.OnDuplicate, "onDuplicate") is { } onDuplicate) settings = settings with { OnDuplicate = onDuplicate };
            if (Choice(ImportWordings.UnknownCustomers, input.UnknownCustomers, "unknownCustomers") is { } make) settings = settings with { MakeCustomers = make };
            if (Choice(ImportWordings.Products, input.UnknownProducts, "unknownProducts") is { } products) settings = settings with { UnknownProducts = products };
            settings = settings with { Dates = Choice(ImportWordings.DateOrders, input.Dates, "dates") ?? settings.DatesOf(file, custom).Order };
            if (!errors.IsValid) return null;
            foreach (var (part, sentence) in MappingProblems.Of(settings, custom, file, L)) errors.AddModelError(part == nameof(ImportSettings.Fields) ? "map" : part, sentence);
            return errors.IsValid ? settings : null;
        }
        catch (UnreadableFileException unreadable)
        {
            errors.AddModelError("file", L["The file cannot be read past line {0}.", unreadable.Line]);
            return null;
        }
    }

    public Domain.Customers.Imports.Import Import(string fileName, StoredFile stored, ImportSettings settings) =>
        new(Path.GetFileName(fileName), stored.Key, stored.Size, me.Id, me.Now) { Settings = settings.ToJson() };

    private ImportSettings Map(ImportSettings settings, ImportInput input)
    {
        if (input.ReadMap() is not { } map)
        {
            errors.AddModelError("map", L["This value does not fit here, or is no JSON."]);
            return settings;
        }

        var (unknown, missing) = settings.Misfit(custom, map);
        if (unknown is not null) errors.AddModelError("map", L["There are: {0}.", string.Join(", ", settings.What.Fields(custom))]);
        if (missing is not null) errors.AddModelError("map", L["The file has no column “{0}”.", missing]);
        return settings.Mapped(map);
    }

    private T? Choice<T>(IReadOnlyDictionary<string, T> choices, string? word, string field)
        where T : struct
    {
        if (string.IsNullOrEmpty(word)) return null;
        if (choices.TryGetValue(word, out var choice)) return choice;
        errors.AddModelError(field, L["There are: {0}.", string.Join(", ", choices.Keys)]);
        return null;
    }
}
