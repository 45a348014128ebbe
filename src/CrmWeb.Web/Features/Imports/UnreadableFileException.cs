namespace CrmWeb.Web.Features.Imports;

/// <summary>The file cannot be read past a line; the only exception, beside those of the stream, that reading an import file throws.</summary>
/// <param name="line">The line in the file, from 1.</param>
/// <param name="inner">What stopped it.</param>
public sealed class UnreadableFileException(long line, Exception? inner = null) : Exception($"The file cannot be read past line {line}.", inner)
{
    /// <summary>The line in the file, from 1.</summary>
    public long Line { get; } = line;
}
