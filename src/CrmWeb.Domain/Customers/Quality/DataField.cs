using CrmWeb.Domain.Tenants;

namespace CrmWeb.Domain.Customers.Quality;

/// <summary>On what ground data about a person may be used (GDPR, article 6). Numbers are stored: add at the end.</summary>
public enum LawfulBasis
{
    Consent = 0,
    Contract = 1,
    LegalObligation = 2,
    LegitimateInterest = 3,
    VitalInterest = 4,
    PublicTask = 5,
}

/// <summary>What the inventory says about a field.</summary>
public sealed record DataFieldDetails
{
    public long? OwnerId { get; init; }
    public string? Purpose { get; init; }
    public string? Source { get; init; }
    public LawfulBasis? Basis { get; init; }
    public string? PermittedUse { get; init; }
    public DateOnly? ReviewOn { get; init; }
    public string? Notes { get; init; }
    public bool Needed { get; init; }
    public bool PastOnly { get; init; }
}

/// <summary>An entry of the data inventory: why a field is kept, where its values come from, what they may be used for, and who answers for it.</summary>
public sealed class DataField : TenantOwned, IVersioned
{
    public const int FieldLength = QualityCount.FieldLength;
    public const int TextLength = 300;
    public const int NotesLength = 2_000;

    private DataField() { }

    public DataField(string field) => Field = field;

    /// <summary>The name among the list's filters: <c>email</c>, <c>custom.KEY</c>.</summary>
    public string Field { get; private set; } = "";

    /// <summary>The member who answers for it.</summary>
    public long? OwnerId { get; private set; }

    public Member? Owner { get; private set; }

    public string? Purpose { get; private set; }

    public string? Source { get; private set; }

    public LawfulBasis? Basis { get; private set; }

    public string? PermittedUse { get; private set; }

    public DateOnly? ReviewOn { get; private set; }

    public string? Notes { get; private set; }

    /// <summary>A record without a value does not pass.</summary>
    public bool Needed { get; private set; }

    /// <summary>Of a date: one in the future cannot be right.</summary>
    public bool PastOnly { get; private set; }

    public int Version { get; private set; }

    /// <summary>Fields whose every record can be expected to have a value.</summary>
    public static bool MayBeNeeded(string field) => field is not "description";

    public DataFieldDetails Details => new()
    {
        OwnerId = OwnerId,
        Purpose = Purpose,
        Source = Source,
        Basis = Basis,
        PermittedUse = PermittedUse,
        ReviewOn = ReviewOn,
        Notes = Notes,
        Needed = Needed,
        PastOnly = PastOnly,
    };

    public void Change(DataFieldDetails details)
    {
        (OwnerId, Purpose, Source, Basis) = (details.OwnerId, Blank(details.Purpose), Blank(details.Source), details.Basis);
        (PermittedUse, ReviewOn, Notes) = (Blank(details.PermittedUse), details.ReviewOn, Blank(details.Notes));
        (Needed, PastOnly) = (details.Needed, details.PastOnly);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
