using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Shared.Files;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Features.Attachments;

/// <summary>T17: what is taken and what is not, told by the bytes. Each hostile file is made here.</summary>
public sealed class FileInspectionTests
{
    private static readonly byte[] Sound = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, 0xFF, 0xFB, 0x90, 0];
    private static readonly byte[] Film = [0, 0, 0, 0x18, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8];

    public static TheoryData<string, byte[], string> Good => new()
    {
        { "Offer.pdf", Make.Pdf(), "application/pdf" },
        { "OFFER.PDF", Make.Pdf(), "application/pdf" },
        { "example.com.pdf", Make.Pdf(), "application/pdf" },
        { "a.png", Make.Png(), "image/png" },
        { "a.gif", Make.Gif(), "image/gif" },
        { "chance.png", [.. Make.Png(), .. new byte[5_000], .. "<svg"u8, .. new byte[5_000]], "image/png" },
        { "a.jpeg", Jpeg(), "image/jpeg" },
        { "a.webp", [.. "RIFF"u8, 20, 0, 0, 0, .. "WEBPVP8 "u8, 0, 0, 0, 0], "image/webp" },
        { "Letter.docx", Make.Docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { "List.xlsx", Make.Zip(("[Content_Types].xml", [1]), ("xl/workbook.xml", [1])), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
        { "Letter.odt", Make.Zip(("mimetype", "application/vnd.oasis.opendocument.text"u8.ToArray()), ("content.xml", [1])), "application/vnd.oasis.opendocument.text" },
        { "all.zip", Make.Zip(("a.txt", "Hello"u8.ToArray()), ("b/c.txt", [])), "application/zip" },
        { "notes.txt", "Grüße — سلام"u8.ToArray(), "text/plain" },
        { "old.txt", [0xC7, 0xE4, 0x0D, 0x0A], "text/plain" },
        { "wide.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Hello")], "text/plain" },
        { "list.csv", "Name;Mail\r\nAnn;ann@example.org\r\n"u8.ToArray(), "text/csv" },
        { "mail.eml", "From: ann@example.org\r\nSubject: Hi\r\nContent-Type: text/html\r\n\r\n<html><script>"u8.ToArray(), "message/rfc822" },
        { "talk.mp3", Sound, "audio/mpeg" },
        { "talk.amr", "#!AMR\n1234"u8.ToArray(), "audio/amr" },
        { "tour.mp4", Film, "video/mp4" },
    };

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "virus.exe", [.. "MZ"u8, 0x90, 0] },
        { "invoice.pdf", [.. "MZ"u8, 0x90, 0] },
        { "x.pdf.exe", Make.Pdf() },
        { "shell.pHaR", Make.Gif() },
        { "shell.php.jpg", Jpeg() },
        { "shell.PhP5.png", Make.Png() },
        { "tool.txt", "\u007fELF\u0002\u0001"u8.ToArray() },
        { "run.txt", "#!/bin/sh\nrm -rf /\n"u8.ToArray() },
        { "run.sh", "echo"u8.ToArray() },
        { "page.html", "<html><script>alert(1)</script>"u8.ToArray() },
        { "page.txt", "<!DOCTYPE html><script>alert(1)</script>"u8.ToArray() },
        { "page.csv", "name,mail\n<script>alert(1)</script>\n"u8.ToArray() },
        { "bom.txt", "\uFEFF  <script>alert(1)</script>"u8.ToArray() },
        { "wide.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<html><script>")] },
        { "picture.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray() },
        { "picture.png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray() },
        { "sheet.xml", "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='#a'?><x/>"u8.ToArray() },
        { "sheet.txt", "<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='#a'?><x/>"u8.ToArray() },
        { "head.pdf", [.. "<html><script>alert(1)</script>"u8, .. Make.Pdf()] },
        { "inside.pdf", Make.Pdf("<script>alert(1)</script>") },
        { "script.gif", "GIF89a/*\0\0\0*/=1;alert(1)//;;"u8.ToArray() },
        { "assign.gif", "GIF89a=1;alert(document.domain)//"u8.ToArray() },
        { "page.gif", Make.Gif("<script>alert(1)</script>") },
        { "late.png", [.. Make.Png(), .. new byte[200_000], .. "<ScRiPt>alert(1)</script>"u8] },
        { "edge.png", [.. Make.Png(), .. new byte[65_536 - Make.Png().Length - 3], .. "<?php system($_GET[0]);"u8] },
        { "comment.jpg", [0xFF, 0xD8, 0xFF, 0xE0, (byte)'/', (byte)'*', .. "JFIF*/=1;alert(1)"u8] },
        { "archive.gif", [.. Make.Gif(), .. Make.Zip(("A.class", [1, 2]))] },
        { "archive.pdf", [.. Make.Pdf(), .. Make.Zip(("A.class", [1, 2]))] },
        { "two-names.zip", TwoNames() },
        { "a.pdf", Make.Png() },
        { "a.docx", Make.Zip(("a.txt", [1])) },
        { "a.zip", Make.Docx() },
        { "a.jar", Make.Zip(("META-INF/MANIFEST.MF", [1])) },
        { "macro.docx", Make.Zip(("[Content_Types].xml", [1]), ("word/document.xml", [1]), ("word/vbaProject.bin", [1])) },
        { "up.zip", Make.Zip(("../../x.txt", [1])) },
        { "root.zip", Make.Zip(("/etc/x.txt", [1])) },
        { "drive.zip", Make.Zip(("C:\\x.txt", [1])) },
        { "broken.zip", [.. Make.Zip(("a.txt", [1, 2, 3]))[..40]] },
        { "empty.pdf", [] },
        { "binary.txt", [1, 2, 3, 0, 0] },
        { "mail.eml", "no headers at all\r\n\r\n<html>"u8.ToArray() },
        { "../../x.pdf", Make.Pdf() },
        { "..\\x.pdf", Make.Pdf() },
        { "x.pdf\0.png", Make.Pdf() },
        { "", Make.Pdf() },
        { "old.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] },
        { "bomb.zip", Bomb(1L << 30) },
        { "liar.zip", Liar() },
        { "many.zip", Make.Zip([.. Enumerable.Range(0, 10_001).Select(i => ($"{i}.txt", Array.Empty<byte>()))]) },
    };

    [Theory, MemberData(nameof(Good))]
    public async Task T17_Look_AllowedFile_IsWhatItsBytesSay(string name, byte[] bytes, string mediaType)
    {
        var found = await Look(name, bytes);
        Assert.True(found.Reason is null, found.Reason);
        Assert.Equal(mediaType, found.Type!.MediaType);
    }

    [Theory, MemberData(nameof(Hostile))]
    public async Task T17_Look_HostileFile_IsRefusedWithAReason(string name, byte[] bytes)
    {
        var found = await Look(name, bytes);
        Assert.Null(found.Type);
        Assert.False(string.IsNullOrWhiteSpace(found.Reason));
    }

    [Fact]
    public async Task T17_Look_KindThatIsNotTaken_SaysWhichAre() => Assert.Contains("PDF", (await Look("old.doc", [0xD0, 0xCF, 0x11, 0xE0])).Reason, StringComparison.Ordinal);

    /// <summary>Ten gigabytes of zeros in ten megabytes: refused by what the archive says of itself, and when it lies, soon after it was begun to be unpacked.</summary>
    [Fact]
    public async Task T17_TenGigabytesOfZeros_AreRefusedInLittleTimeAndMemory()
    {
        var bomb = Bomb(10L << 30, declared: 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Null((await Look("bomb.zip", bomb)).Type);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 20);
    }

    private static async Task<Inspected> Look(string name, byte[] bytes)
    {
        var host = await CrmHost.Shared();
        using var content = new MemoryStream(bytes);
        return host.Services.GetRequiredService<FileInspection>().Look(name, content);
    }

    private static byte[] Jpeg() => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xD9];

    /// <summary>Its directory says a.txt, what stands before the bytes says ../x.</summary>
    private static byte[] TwoNames()
    {
        var zip = Make.Zip(("a.txt", [1]));
        "../xx"u8.CopyTo(zip.AsSpan(30));
        return zip;
    }

    private static byte[] Liar()
    {
        var zip = Make.Zip(("a.txt", new byte[100_000]));
        var directory = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(directory + 24), 10);
        return zip;
    }

    /// <summary>An archive of one file of zeros. The zeros are packed once, a megabyte of them, and repeated as packed: that takes no time.</summary>
    private static byte[] Bomb(long zeros, uint? declared = null)
    {
        const int Piece = 1 << 20;
        using var piece = new MemoryStream();
        using (var packing = new DeflateStream(piece, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            packing.Write(new byte[Piece]);
            // ends the block at a whole byte, so that another may follow
            packing.Flush();
        }

        // without the last block, which ends the whole
        var packed = piece.ToArray()[..^2];
        using var zip = new MemoryStream();
        var (name, count) = ("zeros.txt"u8.ToArray(), (int)(zeros / Piece));
        var size = (uint)(((long)packed.Length * count) + 5);
        void Header(uint signature, int skip)
        {
            var header = new byte[skip];
            BinaryPrimitives.WriteUInt32LittleEndian(header, signature);
            var at = skip == 30 ? 8 : 10;
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at), 8);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at + 10), size);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at + 14), declared ?? (uint)Math.Min(zeros, uint.MaxValue));
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at + 18), (ushort)name.Length);
            zip.Write(header);
            zip.Write(name);
        }

        Header(0x04034B50, 30);
        for (var i = 0; i < count; i++) zip.Write(packed);
        zip.Write([1, 0, 0, 0xFF, 0xFF]);
        var directory = (uint)zip.Position;
        Header(0x02014B50, 46);
        var length = (uint)zip.Position - directory;
        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), directory);
        zip.Write(end);
        return zip.ToArray();
    }
}
