using System.Buffers;
using System.Text;

namespace CrmWeb.Web.Features.Imports;

/// <summary>How the bytes of an import file become text.</summary>
/// <param name="Name">The name to show and to keep: utf-8, utf-16, utf-16BE or windows-1252.</param>
/// <param name="Encoding">Decodes every byte to something: nothing is lost, nothing throws.</param>
/// <param name="MarkLength">Bytes of the byte order mark at the start.</param>
/// <param name="NotUtf8At">
/// Offset of the first byte that is not valid UTF-8, or null. With UTF-8 it says that the file is damaged or was put together of pieces:
/// those bytes are read as Windows-1252, and the page should say so.
/// </param>
public sealed record FileEncoding(string Name, Encoding Encoding, int MarkLength, long? NotUtf8At)
{
    private const int BlockSize = 1 << 16;

    /// <summary>Windows-1252; its five unassigned bytes become the control characters of the same number.</summary>
    public static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly Encoding Utf8 = MakeUtf8();

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["utf-8", "utf-16", "utf-16BE", "windows-1252"];

    /// <summary>
    /// Decides on the whole file, in blocks of constant size, for the byte that is not UTF-8 may be the last one: a byte order mark
    /// first; then UTF-16 by its zero bytes; then UTF-8, if more sequences are valid than not; otherwise Windows-1252.
    /// </summary>
    /// <param name="file">Seekable; read from its start and left there.</param>
    public static FileEncoding Detect(Stream file)
    {
        file.Position = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            var length = file.ReadAtLeast(buffer.AsSpan(0, BlockSize), BlockSize, throwOnEndOfStream: false);
            var start = buffer.AsSpan(0, length);
            if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Make("utf-16", 2);
            if (start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Make("utf-16BE", 2);
            var mark = start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
            if (mark == 0 && Utf16Without(start) is { } utf16) return Make(utf16, 0);

            var count = new Utf8Count();
            count.Add(file, buffer, length);
            return Make(mark > 0 || count.Invalid == 0 || count.Valid > count.Invalid ? "utf-8" : "windows-1252", mark, count.FirstInvalid);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            file.Position = 0;
        }
    }

    /// <summary>The encoding that somebody chose instead of the detected one; null for a name that is not known.</summary>
    public FileEncoding? Named(string name) =>
        Names.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Make(known, known == Name ? MarkLength : 0, NotUtf8At)
            : null;

    /// <summary>The text of the file from its start, without the byte order mark; the stream stays open.</summary>
    public StreamReader OpenText(Stream file)
    {
        file.Position = MarkLength;
        return new StreamReader(file, Encoding, detectEncodingFromByteOrderMarks: false, BlockSize, leaveOpen: true);
    }

    private static FileEncoding Make(string name, int mark, long? notUtf8At = null) => new(name, name switch
    {
        "utf-16" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        "utf-16BE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        "windows-1252" => Windows1252,
        _ => Utf8,
    }, mark, notUtf8At);

    private static Encoding MakeUtf8()
    {
        // one that announces a byte order mark would make the reader drop a mark that is part of the text
        var utf8 = (Encoding)new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).Clone();
        utf8.DecoderFallback = new Windows1252Fallback();
        return utf8;
    }

    // Text has no zero bytes, but in UTF-16 every separator, digit and line break has one, always on the same side.
    private static string? Utf16Without(ReadOnlySpan<byte> start)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < start.Length; i += 2)
        {
            if (start[i] == 0 && start[i + 1] == 0) return null;
            if (start[i] == 0) even++;
            if (start[i + 1] == 0) odd++;
        }

        var enough = Math.Max(2, start.Length / 2 / 50);
        if (odd >= enough && even * 20 <= odd) return "utf-16";
        return even >= enough && odd * 20 <= even ? "utf-16BE" : null;
    }

    private sealed class Utf8Count
    {
        public long Valid { get; private set; }
        public long Invalid { get; private set; }
        public long? FirstInvalid { get; private set; }

        public void Add(Stream file, byte[] buffer, int length)
        {
            var (offset, atEnd) = (0L, length < BlockSize);
            while (true)
            {
                var used = Count(buffer.AsSpan(0, length), offset, atEnd);
                if (atEnd) return;
                // a sequence cut by the block's end goes on in the next one
                var rest = length - used;
                buffer.AsSpan(used, rest).CopyTo(buffer);
                offset += used;
                var read = file.ReadAtLeast(buffer.AsSpan(rest, BlockSize - rest), BlockSize - rest, throwOnEndOfStream: false);
                atEnd = read < BlockSize - rest;
                length = rest + read;
            }
        }

        private int Count(ReadOnlySpan<byte> block, long offset, bool atEnd)
        {
            var at = 0;
            while (block[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF) is var skip and >= 0)
            {
                at += skip;
                var status = Rune.DecodeFromUtf8(block[at..], out _, out var length);
                if (status == OperationStatus.NeedMoreData && !atEnd) return at;
                if (status == OperationStatus.Done) Valid++;
                else
                {
                    Invalid++;
                    FirstInvalid ??= offset + at;
                }

                at += length;
            }

            return block.Length;
        }
    }

    private sealed class Windows1252Fallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private string text = "";
            private int next;

            public override int Remaining => text.Length - next;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                (text, next) = (Windows1252.GetString(bytesUnknown), 0);
                return text.Length > 0;
            }

            public override char GetNextChar() => next < text.Length ? text[next++] : '\0';

            public override bool MovePrevious()
            {
                if (next == 0) return false;
                next--;
                return true;
            }

            public override void Reset() => (text, next) = ("", 0);
        }
    }
}
