namespace CrmWeb.Web.Features.Shared;

/// <summary>One field in which a colleague's save and what was typed here differ, as people read them.</summary>
public sealed record ConflictField(string Label, string? Theirs, string? Mine)
{
    /// <summary>The field of the form, where the form can take the colleague's value over (it is posted in <c>Take</c>); null where it cannot.</summary>
    public string? Name { get; init; }

    /// <summary>What both began with.</summary>
    public string? Was { get; init; }

    /// <summary>Whether theirs is proposed: so where nothing was typed here.</summary>
    public bool Take { get; init; }
}

/// <summary>
/// Somebody saved the record while it was open here (R1). The form keeps what was typed and shows the partial <c>_Conflict</c> on top;
/// saving again (with the new version in the form) puts the typed values in place, but for the fields that are to be taken over.
/// </summary>
public sealed record Conflict(IReadOnlyList<ConflictField> Fields)
{
    public const string Key = "Conflict";

    public DateTime? ChangedAt { get; init; }

    /// <summary>Leaves away the fields in which both say the same.</summary>
    public static Conflict Of(params IEnumerable<ConflictField> fields) =>
        new([.. fields.Where(field => (field.Theirs ?? "") != (field.Mine ?? ""))]);
}
