namespace CrmWeb.Web.Features.Shared;

/// <summary>One field in which a colleague's save and what was typed here differ, as people read them.</summary>
public sealed record ConflictField(string Label, string? Theirs, string? Mine);

/// <summary>
/// Somebody saved the record while it was open here. The form keeps what was typed and shows the partial <c>_Conflict</c> on top;
/// saving again (with the new version in the form) puts the typed values in place.
/// </summary>
public sealed record Conflict(IReadOnlyList<ConflictField> Fields)
{
    public const string Key = "Conflict";

    /// <summary>Leaves away the fields in which both say the same.</summary>
    public static Conflict Of(params IEnumerable<ConflictField> fields) =>
        new([.. fields.Where(field => (field.Theirs ?? "") != (field.Mine ?? ""))]);
}
