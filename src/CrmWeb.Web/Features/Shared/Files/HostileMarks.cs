namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>Files that are two things at once: a picture that is also a page, a script or an archive. A file is one thing here.</summary>
internal static class HostileMarks
{
    /// <summary>How pages and scripts of servers begin.</summary>
    public static readonly string[] Words = ["<script", "<html", "<!doctype", "<svg", "<?php", "<?xml", "<iframe", "<%@"];

    // the rest stands in pictures and films too: what their editors write down about them is XML. Four letters come up by chance in one photo of a hundred
    private static readonly byte[][] Anywhere = [.. ((string[])["<script", "<html", "<!doctype", "<?php"]).Select(word => System.Text.Encoding.ASCII.GetBytes(word))];

    /// <summary>What a reader of pages looks at to guess what it has got.</summary>
    public const int Guessed = 1024;

    private const int Buffer = 1 << 16;
    private const int Longest = 16;
    private const int EndOfArchive = 22 + ushort.MaxValue;

    public static bool IsTwoThings(Stream file, ReadOnlySpan<byte> head, FileType type)
    {
        var guessed = head[..Math.Min(head.Length, Guessed)];
        if (HoldsPage(guessed) || guessed.IndexOf("<svg"u8) >= 0 || EndsAsArchive(file)) return true;
        if (!type.MediaType.StartsWith("image/", StringComparison.Ordinal)) return false;
        // the length of the first part of a picture begins a comment
        return (type == FileType.Gif && IsGifScript(head)) || (type == FileType.Jpeg && (head.Length < 6 || head[4..6].SequenceEqual("/*"u8))) || HoldsPage(file);
    }

    // the width of the picture is the beginning of a comment or of an assignment, or what follows is no block of a picture
    private static bool IsGifScript(ReadOnlySpan<byte> head)
    {
        if (head.Length < 14 || ("/=;(*`,"u8.Contains(head[6]) && head[7] is >= 0x20 and < 0x7F)) return true;
        var colours = (head[10] & 0x80) == 0 ? 0 : 3 << ((head[10] & 0x07) + 1);
        return head.Length > 13 + colours && head[13 + colours] is not (0x21 or 0x2C or 0x3B);
    }

    private static bool HoldsPage(Stream file)
    {
        var buffer = new byte[Buffer + Longest];
        var kept = 0;
        file.Position = 0;
        for (int read; (read = file.Read(buffer, kept, Buffer)) > 0;)
        {
            var all = buffer.AsSpan(0, kept + read);
            if (HoldsPage(all)) return true;
            kept = Math.Min(Longest, all.Length);
            all[^kept..].CopyTo(buffer);
        }

        return false;
    }

    private static bool HoldsPage(ReadOnlySpan<byte> bytes)
    {
        for (int at; (at = bytes.IndexOf((byte)'<')) >= 0; bytes = bytes[(at + 1)..])
        {
            foreach (var word in Anywhere)
                if (bytes.Length - at >= word.Length && System.Text.Ascii.EqualsIgnoreCase(bytes.Slice(at, word.Length), word)) return true;
        }

        return false;
    }

    private static bool EndsAsArchive(Stream file)
    {
        var end = new byte[Math.Min(file.Length, EndOfArchive)];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        return end.AsSpan().IndexOf("PK\u0005\u0006"u8) >= 0;
    }
}
