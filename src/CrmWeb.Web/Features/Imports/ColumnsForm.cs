using System.ComponentModel.DataAnnotations;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.CustomFields;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace CrmWeb.Web.Features.Imports;

public sealed record ColumnsForm
{
    public List<string> Fields { get; init; } = [];
    public MatchRule Match { get; init; }
    public OnMatch OnMatch { get; init; }
    public OnDuplicate OnDuplicate { get; init; }
    public DateOrder? Dates { get; init; }
    public bool MakeOrganisations { get; init; }
    public bool IgnoreUnknownOwners { get; init; }
    public CustomerKind Kind { get; init; }
    public LifecycleStage Stage { get; init; }

    /// <summary>Of what is not of customers.</summary>
    public bool MakeCustomers { get; init; }

    /// <summary>Of orders.</summary>
    public UnknownProducts UnknownProducts { get; init; }
    public long? OwnerId { get; init; }
    public long? TeamId { get; init; }

    [StringLength(CustomerDetails.WordLength)]
    public string? Source { get; init; }

    [StringLength(Domain.Customers.Tag.NameLength)]
    public string? Tag { get; init; }

    public static ColumnsForm Of(ImportSettings settings) => new()
    {
        Fields = [.. settings.Fields],
        Match = settings.Match,
        OnMatch = settings.OnMatch,
        OnDuplicate = settings.OnDuplicate,
        Dates = settings.Dates,
        MakeOrganisations = settings.MakeOrganisations,
        IgnoreUnknownOwners = settings.IgnoreUnknownOwners,
        Kind = settings.Defaults.Kind,
        Stage = settings.Defaults.Stage,
        OwnerId = settings.Defaults.OwnerId,
        TeamId = settings.Defaults.TeamId,
        Source = settings.Defaults.Source,
        Tag = settings.Defaults.Tag,
        MakeCustomers = settings.MakeCustomers,
        UnknownProducts = settings.UnknownProducts,
    };

    /// <summary>What the file does not know is left out: more columns, other words.</summary>
    public ImportSettings Apply(ImportSettings settings, CustomFieldSet custom)
    {
        var common = settings with { Fields = [.. settings.Columns.Select((_, i) => i < Fields.Count && settings.What.Knows(Fields[i], custom) ? Fields[i] : ImportField.Ignore)], Match = Match, Dates = Dates };
        return settings.What == ImportOf.Customers ? OfCustomers(common) : common with { MakeCustomers = MakeCustomers, UnknownProducts = UnknownProducts };
    }

    private ImportSettings OfCustomers(ImportSettings settings) => settings with
    {
        OnMatch = OnMatch,
        OnDuplicate = OnDuplicate,
        MakeOrganisations = MakeOrganisations,
        IgnoreUnknownOwners = IgnoreUnknownOwners,
        Defaults = new ImportDefaults { Kind = Kind, Stage = Stage, OwnerId = OwnerId, TeamId = TeamId, Source = Text(Source), Tag = Text(Tag) },
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

public sealed record ColumnsPage(Import Import, ImportSettings Settings, ColumnsForm Form, CustomFieldSet Custom)
{
    private const int Examples = 3;
    private const int ExampleLength = 40;
    private const int Looked = 200;

    /// <summary>Some different values of each column.</summary>
    public IReadOnlyList<string> Samples { get; private init; } = [];

    public IReadOnlyList<SelectListItem> Owners { get; private init; } = [];
    public IReadOnlyList<SelectListItem> Teams { get; private init; } = [];

    public static async Task<ColumnsPage> Read(CrmDb db, Import import, ImportSettings settings, ColumnsForm form, CustomFieldSet custom, Stream file, CancellationToken stop)
    {
        var rows = new ImportTable(file, settings.Format(file)).Rows().Take(Looked).ToList();
        return new ColumnsPage(import, settings, form, custom)
        {
            Samples = [.. settings.Columns.Select((_, i) => string.Join(" · ", rows.Select(row => Short(row.Values[i])).Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).Take(Examples)))],
            Owners = await db.MemberChoices(stop),
            Teams = await db.TeamChoices(stop),
        };
    }

    private static string Short(string value)
    {
        var line = value.ReplaceLineEndings(" ").Trim();
        return line.Length <= ExampleLength ? line : string.Concat(line.AsSpan(0, ExampleLength), "…");
    }
}
