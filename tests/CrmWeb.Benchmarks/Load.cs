using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CrmWeb.Benchmarks;

/// <summary>
/// Asks as fast as answers come, over a few kept-alive connections, for a bounded time. Written on sockets, because on two cores an
/// ordinary client would take a good part of what is measured.
/// </summary>
internal static class Load
{
    private static readonly string[] Good = ["HTTP/1.1 200", "HTTP/1.1 201", "HTTP/1.1 302"];

    /// <summary>Answers a second. Every answer must have the status 200 (201 or 302 after a post).</summary>
    public static async Task<double> Run(Uri address, IReadOnlyList<byte[]> requests, int connections, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(n => Task.Run(() => Ask(address, requests, n, clock, time))));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    public static byte[] Get(Uri address, string path, string cookie) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nCookie: {cookie}\r\nAccept: text/html\r\n\r\n");

    public static byte[] Api(Uri address, string path, string key) =>
        Encoding.ASCII.GetBytes($"GET /api/v1{path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\n\r\n");

    public static byte[] ApiPost(Uri address, string path, string key, string json) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST /api/v1{path} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}"));

    public static byte[] Post(Uri address, string path, string cookie, string form) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}"));

    private static async Task<int> Ask(Uri address, IReadOnlyList<byte[]> requests, int first, Stopwatch clock, TimeSpan time)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var buffer = new byte[1 << 18];
        var count = 0;
        while (clock.Elapsed < time)
        {
            await socket.SendAsync(requests[(first + count) % requests.Count]);
            await ReadAnswer(socket, buffer);
            count++;
        }

        return count;
    }

    private static async Task ReadAnswer(Socket socket, byte[] buffer)
    {
        var have = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(have));
            if (read == 0) throw new IOException("The server closed the connection.");
            have += read;
            var head = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
            if (head < 0) continue;

            var text = Encoding.ASCII.GetString(buffer, 0, head);
            if (!Good.Any(status => text.StartsWith(status, StringComparison.Ordinal)))
                throw new InvalidOperationException($"The server answered: {text[..Math.Min(text.Length, 200)]}");
            if (Header(text, "Content-Length: ") is { } length)
            {
                if (have >= head + 4 + int.Parse(length, CultureInfo.InvariantCulture)) return;
            }
            else if (buffer.AsSpan(0, have).EndsWith("\r\n0\r\n\r\n"u8))
            {
                return;
            }

            if (have == buffer.Length) throw new InvalidOperationException("The answer is larger than expected.");
        }
    }

    private static string? Header(string head, string name)
    {
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;
        var end = head.IndexOf('\r', at);
        return end < 0 ? head[(at + name.Length)..] : head[(at + name.Length)..end];
    }
}
