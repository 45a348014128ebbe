using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Looks at the first bytes of an upload: what is no text is refused, whatever its name says.</summary>
public static class FileKinds
{
    private const int Look = 4096;

    private static readonly (byte[] Start, bool IsSheet)[] Known =
    [
        ([0x50, 0x4B, 0x03, 0x04], true), ([0xD0, 0xCF, 0x11, 0xE0], true),
        ("%PDF"u8.ToArray(), false), ([0x89, 0x50, 0x4E, 0x47], false), ([0xFF, 0xD8, 0xFF], false), ("GIF8"u8.ToArray(), false),
        ([0x1F, 0x8B], false), ("MZ"u8.ToArray(), false), ([0x7F, 0x45, 0x4C, 0x46], false), ("SQLite format"u8.ToArray(), false),
    ];

    /// <summary>Why the file is not taken; null when it may be text.</summary>
    public static string? Refuse(Stream file, IStringLocalizer L)
    {
        file.Position = 0;
        var buffer = new byte[Look];
        var start = buffer.AsSpan(0, file.ReadAtLeast(buffer, Look, throwOnEndOfStream: false));
        file.Position = 0;
        foreach (var (known, isSheet) in Known)
        {
            if (start.StartsWith(known)) return isSheet ? L["This is a workbook of a spreadsheet program. Save it there as CSV, then choose that file."] : L["This file is neither CSV nor contact cards."];
        }

        var encoding = FileEncoding.Detect(file);
        if (encoding.Name.StartsWith("utf-16", StringComparison.Ordinal) || !start.Contains((byte)0)) return null;
        return L["This file is neither CSV nor contact cards."];
    }
}
