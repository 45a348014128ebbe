using System.Text.RegularExpressions;

namespace CrmWeb.Domain.Customers;

/// <summary>Web addresses of customers: only http and https, safe to be shown as a link.</summary>
public static partial class WebAddress
{
    /// <summary>Of an address, in characters, as typed and in normal form.</summary>
    public const int MaxLength = 2048;

    /// <summary>
    /// The absolute address: <c>https://</c> added when no scheme was typed, scheme and host in lower case, the host in punycode, no
    /// slash when nothing follows the host. False, with an empty normal form, for other schemes, user names, IP version 6, names without
    /// a dot, white space or control characters inside, and what is longer than the limit. Never throws.
    /// </summary>
    public static bool TryNormalise(string? typed, out string normal)
    {
        normal = "";
        if (typed is null || typed.Any(char.IsControl)) return false;

        var text = EmailAddress.TrimInvisible(SearchText.WellFormed(typed));
        if (text.Length is 0 or > MaxLength || text.Contains('\\', StringComparison.Ordinal) || text.Any(char.IsWhiteSpace)) return false;
        if (text.StartsWith("//", StringComparison.Ordinal)) text = "https:" + text;
        else if (!Web().IsMatch(text))
        {
            if (OtherScheme().IsMatch(text)) return false;
            text = "https://" + text;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && TryWrite(uri, out normal);
    }

    private static bool TryWrite(Uri uri, out string normal)
    {
        normal = "";
        if (uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0) return false;

        string host;
        if (uri.HostNameType == UriHostNameType.IPv4) host = uri.Host;
        else if (uri.HostNameType != UriHostNameType.Dns || !DomainName.TryNormalise(uri.Host, out host)) return false;

        var port = uri.IsDefaultPort ? "" : FormattableString.Invariant($":{uri.Port}");
        var rest = uri.GetComponents(UriComponents.PathAndQuery | UriComponents.Fragment, UriFormat.UriEscaped);
        var address = $"{uri.Scheme}://{host}{port}{(string.Equals(rest, "/", StringComparison.Ordinal) ? "" : rest)}";
        if (address.Length > MaxLength) return false;
        normal = address;
        return true;
    }

#pragma warning disable MA0009 // the texts are short: their length is limited above
    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Web();

    // "example.com:8080" has a port, "javascript:alert(1)" a scheme.
    [GeneratedRegex(@"^[a-z][a-z0-9+.\-]*:(?![0-9]{1,5}(?:[/?#]|$))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherScheme();
}
