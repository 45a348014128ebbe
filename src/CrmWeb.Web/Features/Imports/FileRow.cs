using System.Runtime.InteropServices;
using CrmWeb.Web.Features.Shared.Csv;

namespace CrmWeb.Web.Features.Imports;

/// <summary>What is wrong with a row as text, before anybody looks at its values.</summary>
public enum RowProblem
{
    None,

    /// <summary>Quotes inside a value that is not quoted (<c>5" pipe</c>): the value is as it stands in the file.</summary>
    StrayQuote,

    /// <summary>A quoted value goes on after its closing quote, or is never closed and has swallowed what follows.</summary>
    BrokenQuote,

    /// <summary>More values than the file has columns.</summary>
    TooManyValues,

    /// <summary>A contact card without its end, or with a value beyond all measure.</summary>
    BrokenCard,
}

/// <summary>One row of an import file.</summary>
/// <param name="Line">The line in the file on which the row begins, from 1.</param>
/// <param name="LastLine">The line on which it ends.</param>
/// <param name="Values">A value for each column, never null, not trimmed; more of them than columns with <see cref="RowProblem.TooManyValues"/>.</param>
/// <param name="Problem">What is wrong with it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FileRow(long Line, long LastLine, string[] Values, RowProblem Problem = RowProblem.None)
{
    /// <summary>In a file that we wrote: the customer it was written of, as <see cref="RowKey"/>, on the first line that names them.</summary>
    public string? Key { get; init; }
}
