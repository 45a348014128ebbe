using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace CrmWeb.Web.Features.Shared.Files;

internal enum ZipTrouble
{
    None,
    Damaged,
    TooMany,
    TooLarge,
    TooMuchAtOnce,
    LeadsOut,
    HoldsMacros,
}

/// <summary>
/// Reads what an archive says of itself, and unpacks it into nothing to see whether it is true: with bounded memory, and no further than the limits. Office
/// files are archives too.
/// </summary>
internal static class ZipArchiveCheck
{
    public const int MaxEntries = 10_000;
    public const long MaxUnpacked = 500L << 20;

    /// <summary>Unpacked for one byte packed. Below <see cref="SmallEnough"/> nobody is harmed by more.</summary>
    public const int MaxRatio = 100;

    private const long SmallEnough = 10L << 20;
    private const int MaxDirectory = 8 << 20;
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const int LocalLength = 30;
    private const int Encrypted = 1;
    private const int Stored = 0;
    private const int Deflated = 8;

    private sealed record Entry(string Name, int Flags, int Method, long Packed, long Unpacked, long Offset);

    public static (FileType Type, ZipTrouble Trouble) Look(Stream file, ReadOnlySpan<byte> head, UnpackBudget budget)
    {
        try
        {
            var (entries, trouble) = Directory(file);
            if (trouble != ZipTrouble.None) return (FileType.Zip, trouble);
            var type = TypeOf(entries, head);
            if (entries.Exists(entry => LeadsOut(entry.Name))) return (type, ZipTrouble.LeadsOut);
            if (type != FileType.Zip && entries.Exists(entry => IsMacro(entry.Name))) return (type, ZipTrouble.HoldsMacros);
            var most = Math.Min(MaxUnpacked, Math.Max(SmallEnough, file.Length * MaxRatio));
            if (entries.Sum(entry => entry.Unpacked) > most) return (type, ZipTrouble.TooLarge);
            return (type, Unpack(file, entries, most, budget));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException)
        {
            return (FileType.Zip, ZipTrouble.Damaged);
        }
    }

    private static (List<Entry> Entries, ZipTrouble Trouble) Directory(Stream file)
    {
        var end = new byte[(int)Math.Min(file.Length, EndLength + ushort.MaxValue)];
        Read(file, file.Length - end.Length, end);
        var at = end.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || end.Length - at < EndLength) return ([], ZipTrouble.Damaged);
        var (count, length, offset) = (Number16(end, at + 10), (long)Number32(end, at + 12), (long)Number32(end, at + 16));
        if (count == 0) return ([], ZipTrouble.Damaged);
        // 0xFFFF says that the true number stands elsewhere: it is larger than this
        if (count > MaxEntries || length > MaxDirectory) return ([], ZipTrouble.TooMany);
        if (offset + length > file.Length - end.Length + at) return ([], ZipTrouble.Damaged);
        var directory = new byte[(int)length];
        Read(file, offset, directory);
        var entries = new List<Entry>(count);
        for (var from = 0; from + EntryLength <= directory.Length;)
        {
            if (Number32(directory, from) != 0x02014B50) break;
            var (name, extra, comment) = (Number16(directory, from + 28), Number16(directory, from + 30), Number16(directory, from + 32));
            if (from + EntryLength + name > directory.Length || entries.Count == MaxEntries) return ([], ZipTrouble.Damaged);
            entries.Add(new(
                Encoding.Latin1.GetString(directory, from + EntryLength, name), Number16(directory, from + 8), Number16(directory, from + 10), Number32(directory, from + 20), Number32(directory, from + 24),
                Number32(directory, from + 42)));
            from += EntryLength + name + extra + comment;
        }

        return entries.Count == count ? (entries, ZipTrouble.None) : ([], ZipTrouble.Damaged);
    }

    private static ZipTrouble Unpack(Stream file, List<Entry> entries, long most, UnpackBudget budget)
    {
        var (buffer, local, all) = (new byte[1 << 16], new byte[LocalLength], 0L);
        foreach (var entry in entries)
        {
            Read(file, entry.Offset, local);
            if (Number32(local, 0) != 0x04034B50) return ZipTrouble.Damaged;
            // whoever unpacks it from the front goes by the name that stands here
            var name = new byte[Number16(local, 26)];
            file.ReadExactly(name);
            if (Encoding.Latin1.GetString(name) != entry.Name) return ZipTrouble.Damaged;
            var data = entry.Offset + LocalLength + Number16(local, 26) + Number16(local, 28);
            if (data + entry.Packed > file.Length) return ZipTrouble.Damaged;
            // nobody can look into it without its password
            if ((entry.Flags & Encrypted) != 0) continue;
            if (entry.Method is not (Stored or Deflated)) return ZipTrouble.Damaged;
            if (entry.Method == Stored)
            {
                if (entry.Packed != entry.Unpacked) return ZipTrouble.Damaged;
                continue;
            }

            file.Position = data;
            using var unpacked = new DeflateStream(file, CompressionMode.Decompress, leaveOpen: true);
            var size = 0L;
            for (int read; (read = unpacked.Read(buffer)) > 0;)
            {
                (size, all) = (size + read, all + read);
                if (all > most) return ZipTrouble.TooLarge;
                if (!budget.Spend(read)) return ZipTrouble.TooMuchAtOnce;
                if (size > entry.Unpacked) return ZipTrouble.Damaged;
            }

            if (size != entry.Unpacked) return ZipTrouble.Damaged;
        }

        return ZipTrouble.None;
    }

    private static FileType TypeOf(List<Entry> entries, ReadOnlySpan<byte> head)
    {
        if (head.Length > LocalLength && head[LocalLength..].StartsWith("mimetype"u8) && Number16(head, 8) == Stored)
        {
            var said = head[(LocalLength + "mimetype"u8.Length + Number16(head, 28))..];
            foreach (var type in (FileType[])[FileType.OpenText, FileType.OpenSheet, FileType.OpenSlides, FileType.OpenDrawing])
            {
                var word = Encoding.ASCII.GetBytes(type.MediaType);
                if (said.StartsWith(word) && !said[word.Length..].StartsWith("-"u8) && entries.Exists(entry => entry.Name == "content.xml")) return type;
            }
        }

        if (!entries.Exists(entry => entry.Name == "[Content_Types].xml")) return FileType.Zip;
        return entries.Exists(entry => entry.Name == "word/document.xml") ? FileType.Word
            : entries.Exists(entry => entry.Name == "xl/workbook.xml") ? FileType.Excel
            : entries.Exists(entry => entry.Name == "ppt/presentation.xml") ? FileType.PowerPoint : FileType.Zip;
    }

    private static bool LeadsOut(string name) =>
        name.Length == 0 || name[0] is '/' or '\\' || name.Contains('\0', StringComparison.Ordinal) || (name.Length > 1 && name[1] == ':') || name.Split('/', '\\').Contains("..", StringComparer.Ordinal);

    private static bool IsMacro(string name) => name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bas", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase);

    private static void Read(Stream file, long from, byte[] into)
    {
        if (from < 0 || from > file.Length) throw new EndOfStreamException();
        file.Position = from;
        file.ReadExactly(into);
    }

    private static ushort Number16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Number32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
