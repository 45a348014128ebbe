using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CrmWeb.Web.Platform.Views;

/// <summary>
/// Text as HTML, letters of every script as they are. The framework's encoder writes the controls U+0080 to U+009F as references, and a reference
/// to one of them means a character of Windows-1252: what a page shows, and a form sends back, would be another text. They go out as they are.
/// </summary>
public sealed unsafe class PageEncoder : HtmlEncoder
{
    private const char First = '\u0080';
    private const char Last = '\u009f';

    private static readonly HtmlEncoder Inner = Create(UnicodeRanges.All);

    public override int MaxOutputCharactersPerInputCharacter => Inner.MaxOutputCharactersPerInputCharacter;

    public override string Encode(string value) => value.AsSpan().ContainsAnyInRange(First, Last) ? Written(value) : Inner.Encode(value);

    public override void Encode(TextWriter output, string value, int startIndex, int characterCount)
    {
        var text = value.AsSpan(startIndex, characterCount);
        if (text.ContainsAnyInRange(First, Last)) output.Write(Written(text));
        else Inner.Encode(output, value, startIndex, characterCount);
    }

    public override void Encode(TextWriter output, char[] value, int startIndex, int characterCount) =>
        Encode(output, new string(value, startIndex, characterCount), 0, characterCount);

    public override bool WillEncode(int unicodeScalar) => !IsControl(unicodeScalar) && Inner.WillEncode(unicodeScalar);

    public override int FindFirstCharacterToEncode(char* text, int textLength) => Inner.FindFirstCharacterToEncode(text, textLength);

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        if (!IsControl(unicodeScalar) || bufferLength == 0) return Inner.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
        *buffer = (char)unicodeScalar;
        numberOfCharactersWritten = 1;
        return true;
    }

    private static string Written(ReadOnlySpan<char> text)
    {
        var all = new System.Text.StringBuilder();
        while (!text.IsEmpty)
        {
            var upTo = text.IndexOfAnyInRange(First, Last);
            all.Append(Inner.Encode((upTo < 0 ? text : text[..upTo]).ToString()));
            if (upTo < 0) break;
            all.Append(text[upTo]);
            text = text[(upTo + 1)..];
        }

        return all.ToString();
    }

    private static bool IsControl(int scalar) => scalar is >= First and <= Last;
}
