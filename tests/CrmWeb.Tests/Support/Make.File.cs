using System.Buffers.Binary;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using CrmWeb.Data;
using CrmWeb.Domain.Customers;
using CrmWeb.Web.Features.Shared.Files;
using Microsoft.Extensions.DependencyInjection;

namespace CrmWeb.Tests.Support;

public static partial class Make
{
    public static byte[] Pdf(string text = "Hello") => Encoding.ASCII.GetBytes($"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% {text}\ntrailer<</Root 1 0 R>>\n%%EOF\n");

    /// <summary>One point, with its checksums as they must be.</summary>
    public static byte[] Png()
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        using var points = new MemoryStream();
        using (var packed = new ZLibStream(points, CompressionLevel.Optimal, leaveOpen: true)) packed.Write([0, 200, 30, 30]);
        foreach (var (name, data) in new[] { ("IHDR", (byte[])[0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0]), ("IDAT", points.ToArray()), ("IEND", []) })
        {
            var chunk = Encoding.ASCII.GetBytes(name).Concat(data).ToArray();
            var number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            png.Write(number);
            png.Write(chunk);
            BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(chunk));
            png.Write(number);
        }

        return png.ToArray();
    }

    private static uint Checksum(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320;
        }

        return ~sum;
    }

    public static byte[] Gif(string after = "") =>
        [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 255, 255, 255, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B, .. Encoding.Latin1.GetBytes(after)];

    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.SmallestSize).Open();
                entry.Write(bytes);
            }
        }

        return zip.ToArray();
    }

    public static byte[] Docx() => Zip(("[Content_Types].xml", "<Types/>"u8.ToArray()), ("word/document.xml", "<w:document/>"u8.ToArray()));

    /// <summary>A form with files, as a browser sends it.</summary>
    public static MultipartFormDataContent Upload(string field, params (string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in files)
        {
            var content = new ByteArrayContent(bytes);
            // what is claimed counts for nothing
            content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            content.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{field}\"; filename=\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "%22", StringComparison.Ordinal)}\"");
            form.Add(content);
        }

        return form;
    }

    /// <summary>A file of a customer, its bytes and its row, past the pages.</summary>
    public static Task<long> File(TestTenant tenant, long customerId, string name = "Offer.pdf", long? interactionId = null, byte[]? bytes = null, string mediaType = "application/pdf") => tenant.Host.Scope(async services =>
    {
        services.GetRequiredService<CurrentTenant>().Enter(tenant.Id, Actor.System);
        var db = services.GetRequiredService<CrmDb>();
        using var content = new MemoryStream(bytes ?? Pdf());
        var stored = (await services.GetRequiredService<AttachmentFiles>().Save(db.Current, content, default))!;
        var file = new Attachment(customerId, interactionId, new FileFacts(name, mediaType, stored.Size, stored.Sha256, stored.Key), tenant.Admin.Id, tenant.Host.Clock.Now);
        db.Attachments.Add(file);
        await db.SaveChangesAsync();
        return file.Id;
    });
}
