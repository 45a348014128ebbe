using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CrmWeb.Tests.Support;

/// <summary>A mail as it came over the wire.</summary>
public sealed record WiredMail(string From, string To, string Text);

/// <summary>A mail server that takes everything and keeps it: as much of SMTP as a client needs to hand a mail over.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    public SmtpSink()
    {
        listener.Start();
        serving = Serve();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public ConcurrentQueue<WiredMail> Mails { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving;
        stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await Talk(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // the test is over
        }
    }

    private async Task Talk(NetworkStream stream)
    {
        using var from = new StreamReader(stream, Encoding.UTF8);
        await using var to = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var (sender, receiver) = ("", "");
        await to.WriteLineAsync("220 sink");
        while (await from.ReadLineAsync(stop.Token) is { } line)
        {
            var word = line.Split(' ', ':')[0].ToUpperInvariant();
            if (word == "MAIL") sender = Address(line);
            if (word == "RCPT") receiver = Address(line);
            if (word == "DATA")
            {
                await to.WriteLineAsync("354 go on");
                Mails.Enqueue(new(sender, receiver, await Text(from)));
            }

            await to.WriteLineAsync(word switch { "EHLO" => "250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8", "QUIT" => "221 bye", _ => "250 ok" });
            if (word == "QUIT") return;
        }
    }

    private async Task<string> Text(StreamReader from)
    {
        var text = new StringBuilder();
        while (await from.ReadLineAsync(stop.Token) is { } line && line != ".") text.AppendLine(line.StartsWith('.') ? line[1..] : line);
        return text.ToString();
    }

    private static string Address(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
}
