using CrmWeb.Domain.Customers;
using CrmWeb.Web.Platform.Localisation;
using Microsoft.Extensions.Localization;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>What was found: its name as it is kept, and what it is; or why it is not taken.</summary>
public sealed record Inspected(string Name, FileType? Type, string? Reason);

/// <summary>
/// Says whether a file is taken: by its bytes, which must be of a kind that is allowed and of nothing else besides, and by its name, which must agree with
/// them. What was claimed about it counts for nothing.
/// </summary>
public sealed class FileInspection(IStringLocalizer L)
{
    private const int Head = 4096;
    private const int LongestShown = 60;

    /// <summary>Endings that some system or server runs, wherever they stand in a name: x.php.jpg is no picture to every server.</summary>
    private static readonly HashSet<string> Run = new(StringComparer.Ordinal)
    {
        "exe", "scr", "bat", "cmd", "msi", "dll", "cpl", "lnk", "hta", "jse", "vbs", "vbe", "wsf", "ps1", "jar", "apk", "php", "php3", "php4", "php5", "php7", "php8", "pht", "phtml",
        "phar", "aspx", "ashx", "cshtml", "jsp", "jspx", "cgi", "htaccess", "shtml", "html", "htm", "xhtml", "mhtml", "svg", "svgz", "xslt", "swf",
    };

    /// <param name="claimed">The name as it was sent.</param>
    /// <param name="file">Can be read from any place.</param>
    /// <param name="budget">Of the request, if it has other archives too.</param>
    public Inspected Look(string? claimed, Stream file, UnpackBudget? budget = null)
    {
        var name = FileName.Clean(claimed);
        if (name is null || FileName.IsHostile(claimed)) return new(Shown(name ?? claimed), null, L["Its name is not a plain name of a file."]);
        var head = new byte[Head];
        file.Position = 0;
        var start = head.AsSpan(0, file.ReadAtLeast(head, Head, throwOnEndOfStream: false));
        if (start.Length == 0) return new(name, null, L["There is nothing in it."]);
        if (MagicBytes.IsProgram(start) || name.Split('.').Skip(1).Any(part => Run.Contains(part.Trim().ToLowerInvariant()))) return new(name, null, $"{L["Programs, scripts and web pages are not taken."]} {Allowed}");

        var extension = FileName.Extension(name);
        if (MagicBytes.Of(start) is { } known) return Agree(name, extension, known) ?? (HostileMarks.IsTwoThings(file, start, known) ? TwoThings(name) : new(name, known, null));
        if (!MagicBytes.IsZip(start)) return PlainText.Of(file, start, extension) is { } text ? Agree(name, extension, text) ?? new(name, text, null) : new(name, null, NotTaken);
        var (type, trouble) = ZipArchiveCheck.Look(file, start, budget ?? new());
        return trouble == ZipTrouble.None ? Agree(name, extension, type) ?? new(name, type, null) : new(name, null, Say(trouble));
    }

    public string Allowed => L["Taken are PDF, pictures, Word, Excel, PowerPoint and OpenDocument files, text and CSV, mails (.eml), sound, film and ZIP archives."];

    private string NotTaken => $"{L["Files of this kind are not taken."]} {Allowed}";

    private Inspected TwoThings(string name) => new(name, null, L["It is a picture or document and something else at the same time. Save it anew in the program that it comes from."]);

    private Inspected? Agree(string name, string extension, FileType type)
    {
        if (type.Has(extension)) return null;
        if (!FileType.All.Any(known => known.Has(extension))) return new(name, null, NotTaken);
        return new(name, null, L["Its name ends with .{0}, but what is in it is .{1}.", extension, type.Extensions[0]]);
    }

    private string Say(ZipTrouble trouble) => trouble switch
    {
        ZipTrouble.TooMany => L["There are more than {0} files in this archive.", Digits.Number(ZipArchiveCheck.MaxEntries)],
        ZipTrouble.TooLarge => L["Unpacked, this archive is too large for what it is: more than {0} or {1} times its size.", FileSizes.Of(ZipArchiveCheck.MaxUnpacked, L), Digits.Number(ZipArchiveCheck.MaxRatio)],
        ZipTrouble.TooMuchAtOnce => L["Looking into it takes too long, or too much with the other archives. Send it by itself."],
        ZipTrouble.LeadsOut => L["There are names in this archive that lead out of its folder."],
        ZipTrouble.HoldsMacros => L["There are macros in it. Save it without them."],
        _ => L["It is damaged, or packed in a way that cannot be read."],
    };

    private static string Shown(string? name) => name is null ? "" : new([.. name.Where(c => !char.IsControl(c)).Take(LongestShown)]);
}
