namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>What a file is by its first bytes. Text and archives are told by more than these: <see cref="PlainText"/>, <see cref="ZipArchiveCheck"/>.</summary>
internal static class MagicBytes
{
    private const int Mpeg3 = 0x02;

    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Programs of every system, and texts that name their interpreter.</summary>
    public static bool IsProgram(ReadOnlySpan<byte> head) => head.StartsWith("MZ"u8) || head.StartsWith("\u007fELF"u8) || head.StartsWith("\0asm"u8) || IsMach(head)
        || (head.StartsWith("#!"u8) && !IsAmr(head));

    public static FileType? Of(ReadOnlySpan<byte> head) => head switch
    {
        _ when head.StartsWith("%PDF-"u8) => FileType.Pdf,
        _ when head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) => FileType.Png,
        _ when head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => FileType.Jpeg,
        _ when head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) => FileType.Gif,
        _ when head.StartsWith("RIFF"u8) && head.Length > 12 => OfRiff(head[8..12]),
        _ when head.Length > 12 && head[4..8].SequenceEqual("ftyp"u8) => OfBrand(head[8..12]),
        _ when head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) => head[..Math.Min(head.Length, 64)] is var start && (start.IndexOf("webm"u8) > 0 || start.IndexOf("matroska"u8) > 0) ? FileType.WebM : null,
        _ when head.StartsWith("ID3"u8) || IsMp3Frame(head) => FileType.Mp3,
        _ when head.StartsWith("OggS\0"u8) => FileType.Ogg,
        _ when head.StartsWith("fLaC"u8) => FileType.Flac,
        _ when IsAmr(head) => FileType.Amr,
        _ => null,
    };

    private static bool IsAmr(ReadOnlySpan<byte> head) => head.StartsWith("#!AMR\n"u8) || head.StartsWith("#!AMR-WB\n"u8);

    private static bool IsMach(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xED, 0xFA]) || head.StartsWith((ReadOnlySpan<byte>)[0xCE, 0xFA, 0xED, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xCF, 0xFA, 0xED, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xCA, 0xFE, 0xBA, 0xBE]);

    // layer 3 of MPEG 1 or 2, and a rate of bits and of samples that there is
    private static bool IsMp3Frame(ReadOnlySpan<byte> head) =>
        head.Length > 4 && head[0] == 0xFF && (head[1] & 0xF0) == 0xF0 && (head[1] & 0x06) == Mpeg3 && head[2] >> 4 is > 0 and < 15 && (head[2] & 0x0C) != 0x0C;

    private static FileType? OfRiff(ReadOnlySpan<byte> form) =>
        form.SequenceEqual("WEBP"u8) ? FileType.WebP : form.SequenceEqual("WAVE"u8) ? FileType.Wav : form.SequenceEqual("AVI "u8) ? FileType.Avi : null;

    private static FileType? OfBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("qt  "u8)) return FileType.QuickTime;
        if (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("heim"u8)) return FileType.Heic;
        ReadOnlySpan<byte> prefix = brand[..3];
        return prefix.SequenceEqual("iso"u8) || prefix.SequenceEqual("mp4"u8) || prefix.SequenceEqual("M4A"u8) || prefix.SequenceEqual("M4V"u8) || prefix.SequenceEqual("3gp"u8)
            || prefix.SequenceEqual("avc"u8) || prefix.SequenceEqual("MSN"u8) || prefix.SequenceEqual("das"u8) ? FileType.Mp4 : null;
    }
}
