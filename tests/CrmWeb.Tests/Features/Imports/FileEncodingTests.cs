using System.Text;
using CrmWeb.Tests.Support;
using CrmWeb.Web.Features.Imports;
using FsCheck;
using FsCheck.Fluent;

namespace CrmWeb.Tests.Features.Imports;

public class FileEncodingTests
{
    private const string German = "Name;Ort\r\nMüller;Köln\r\n";
    private const string Persian = "نام,شهر\r\nعلی,تهران\r\nزهرا,یزد\r\n";

    [Theory]
    [InlineData("utf-8", false, German)]
    [InlineData("utf-8", true, German)]
    [InlineData("utf-8", false, Persian)]
    [InlineData("utf-16", true, Persian)]
    [InlineData("utf-16", false, Persian)]
    [InlineData("utf-16", false, German)]
    [InlineData("utf-16BE", true, German)]
    [InlineData("utf-16BE", false, German)]
    [InlineData("utf-16BE", false, Persian)]
    [InlineData("windows-1252", false, German)]
    public void Detect_FileInEncoding_IsReadBack(string name, bool mark, string text)
    {
        using var file = File(name, text, mark);
        var found = FileEncoding.Detect(file);
        Assert.Equal(name, found.Name);
        Assert.Equal(text, found.OpenText(file).ReadToEnd());
        Assert.Equal(name == "windows-1252", found.NotUtf8At is not null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain ascii")]
    [InlineData("one zero \0 byte in a text that is otherwise quite usual")]
    public void Detect_NothingSpecial_IsUtf8(string text)
    {
        using var file = File("utf-8", text, mark: false);
        Assert.Equal("utf-8", FileEncoding.Detect(file).Name);
        Assert.Equal(text, FileEncoding.Detect(file).OpenText(file).ReadToEnd());
    }

    [Theory]
    [InlineData((1 << 16) - 1)]
    [InlineData((1 << 16) - 2)]
    [InlineData((1 << 16) - 3)]
    [InlineData(1 << 17)]
    public void Detect_SequenceCutByABlock_IsStillUtf8(int at)
    {
        using var file = File("utf-8", new string('a', at) + "👍é" + new string('b', 1 << 16), mark: false);
        var found = FileEncoding.Detect(file);
        Assert.Equal("utf-8", found.Name);
        Assert.Null(found.NotUtf8At);
    }

    [Fact]
    public void Detect_OnlyTheLastByteIsNotUtf8_IsWindows1252()
    {
        var bytes = Encoding.ASCII.GetBytes(new string('a', 500_000) + "Andr ");
        bytes[^1] = 0xE9;
        using var file = new MemoryStream(bytes);
        var found = FileEncoding.Detect(file);
        Assert.Equal("windows-1252", found.Name);
        Assert.Equal(bytes.Length - 1, found.NotUtf8At);
        Assert.EndsWith("André", found.OpenText(file).ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Detect_Utf8WithAPieceOfWindows1252_KeepsBothAndSaysWhere()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Persian), .. FileEncoding.Windows1252.GetBytes("Café\r\n"), .. Encoding.UTF8.GetBytes(Persian)];
        using var file = new MemoryStream(bytes);
        var found = FileEncoding.Detect(file);
        Assert.Equal("utf-8", found.Name);
        Assert.Equal(Encoding.UTF8.GetByteCount(Persian) + 3, found.NotUtf8At);
        Assert.Equal(Persian + "Café\r\n" + Persian, found.OpenText(file).ReadToEnd());
    }

    [Fact]
    public void Detect_AnyText_IsReadBackFromUtf8() =>
        Prop.ForAll(Texts.Encodable, text =>
        {
            // a text of this letter begins as a byte order mark does
            text = "x," + text;
            using var file = File("utf-8", text, mark: false);
            var found = FileEncoding.Detect(file);
            return found.Name != "utf-8" ? text.Contains('\0', StringComparison.Ordinal) : found.OpenText(file).ReadToEnd() == text;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void OpenText_AnyBytesInAnyEncoding_NeverThrows() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            using var file = new MemoryStream(bytes ?? []);
            var found = FileEncoding.Detect(file);
            Assert.DoesNotContain("\uFFFD", found.Name == "windows-1252" ? found.OpenText(file).ReadToEnd() : "", StringComparison.Ordinal);
            Assert.All(FileEncoding.Names, name => found.Named(name)!.OpenText(file).ReadToEnd());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Named_UnknownName_IsNull()
    {
        using var file = new MemoryStream();
        Assert.Null(FileEncoding.Detect(file).Named("utf-7"));
    }

    private static MemoryStream File(string name, string text, bool mark)
    {
        Encoding encoding = name switch
        {
            "utf-16" => new UnicodeEncoding(bigEndian: false, mark),
            "utf-16BE" => new UnicodeEncoding(bigEndian: true, mark),
            "windows-1252" => FileEncoding.Windows1252,
            _ => new UTF8Encoding(mark),
        };
        return new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
    }
}
