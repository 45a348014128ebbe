using System.Text.Json;
using System.Text.Json.Serialization;
using CrmWeb.Domain.Customers;
using CrmWeb.Domain.Customers.Dates;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Everything that was decided about a file: how it is read, what its columns mean, what its rows do. Kept as JSON with the import.</summary>
public sealed record ImportSettings
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    /// <summary>What the rows are.</summary>
    public ImportOf What { get; init; }

    /// <summary>Of what is not of customers: those whom nobody knows are made; otherwise such rows are refused.</summary>
    public bool MakeCustomers { get; init; } = true;

    /// <summary>Of orders.</summary>
    public UnknownProducts UnknownProducts { get; init; }

    public string Encoding { get; init; } = "utf-8";
    public bool IsCards { get; init; }
    public char Delimiter { get; init; } = ',';
    public bool HasHeader { get; init; } = true;

    /// <summary>Null: nobody said, and the file does not say it either.</summary>
    public DateOrder? Dates { get; init; }

    /// <summary>The names of the columns, as the file has them.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What each column means: names of <see cref="ImportField"/>, or of what the rows are. Empty until somebody confirmed them.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public MatchRule Match { get; init; } = MatchRule.Nothing;
    public OnMatch OnMatch { get; init; }

    /// <summary>What becomes of rows that are new but likely stand for a customer who is there.</summary>
    public OnDuplicate OnDuplicate { get; init; }

    /// <summary>Organisations that rows name and nobody has yet are made; otherwise such rows are refused.</summary>
    public bool MakeOrganisations { get; init; } = true;

    /// <summary>Rows with an owner or team that is unknown come in without one; otherwise they are refused.</summary>
    public bool IgnoreUnknownOwners { get; init; }

    public ImportDefaults Defaults { get; init; } = new();

    /// <summary>Rows of the file, counted by the dry run; null before.</summary>
    public long? Rows { get; init; }

    public static ImportSettings Of(Import import) => Read(import.Settings);

    public static ImportSettings Read(string json) => JsonSerializer.Deserialize<ImportSettings>(json, Options)!;

    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>The part that is remembered for the next file of the same columns.</summary>
    public string ToMap() => JsonSerializer.Serialize(new RememberedMap([.. Fields.Where((_, i) => i != ReasonAt)], Match, OnMatch, MakeOrganisations, IgnoreUnknownOwners, OnDuplicate, MakeCustomers, UnknownProducts), Options);

    /// <summary>Takes over what was remembered, if it fits the columns.</summary>
    public ImportSettings With(ImportMap? map)
    {
        if (map is null || JsonSerializer.Deserialize<RememberedMap>(map.Settings, Options) is not { } known) return this;
        // refused rows that come back have a column more, which means nothing
        IReadOnlyList<string> fields = ReasonAt < 0 || known.Fields.Count == Columns.Count ? known.Fields : [.. known.Fields.Take(ReasonAt), ImportField.Ignore, .. known.Fields.Skip(ReasonAt)];
        if (fields.Count != Columns.Count) return this;
        return this with
        {
            Fields = fields,
            Match = known.Match,
            OnMatch = known.OnMatch,
            OnDuplicate = known.OnDuplicate,
            MakeOrganisations = known.MakeOrganisations,
            IgnoreUnknownOwners = known.IgnoreUnknownOwners,
            MakeCustomers = known.MakeCustomers,
            UnknownProducts = known.UnknownProducts,
        };
    }

    private int ReasonAt => Columns.Index().Where(column => column.Item == RefusedRows.ReasonColumn).Select(column => column.Index).DefaultIfEmpty(-1).First();

    private sealed record RememberedMap(IReadOnlyList<string> Fields, MatchRule Match, OnMatch OnMatch, bool MakeOrganisations, bool IgnoreUnknownOwners, OnDuplicate OnDuplicate = OnDuplicate.Make,
        bool MakeCustomers = true, UnknownProducts UnknownProducts = UnknownProducts.Make);
}

/// <summary>What new customers get where the file says nothing. The tag is given to every customer of the file.</summary>
public sealed record ImportDefaults
{
    public CustomerKind Kind { get; init; }
    public LifecycleStage Stage { get; init; }
    public long? OwnerId { get; init; }
    public long? TeamId { get; init; }
    public string? Source { get; init; }
    public string? Tag { get; init; }
}
