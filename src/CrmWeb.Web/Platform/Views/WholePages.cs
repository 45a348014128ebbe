using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmWeb.Web.Platform.Views;

/// <summary>
/// Hands a page to the server in one piece. The framework's own writer does it by 16 KiB, each of which is sent by itself, and a page of more than 64 KiB waits
/// for the network in between.
/// </summary>
internal sealed class WholePages : IHttpResponseStreamWriterFactory
{
    private const int Letters = 128 * 1024;
    private const int Waiting = 512 * 1024;

    public static IServiceCollection AddTo(IServiceCollection services) => services
        .AddSingleton<IHttpResponseStreamWriterFactory, WholePages>()
        .Configure<KestrelServerOptions>(server => server.Limits.MaxResponseBufferSize = Waiting);

    public TextWriter CreateWriter(Stream stream, Encoding encoding) =>
        new HttpResponseStreamWriter(stream, encoding, Letters, ArrayPool<byte>.Shared, ArrayPool<char>.Shared);
}
