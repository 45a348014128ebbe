using System.Security.Cryptography;
using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;

namespace CrmWeb.Web.Features.Imports;

/// <summary>
/// Where import files are kept: under <c>Files:Folder</c>, a folder a tenant, by random names that nothing a person typed is part of. Nodes that share
/// a database must share this folder.
/// </summary>
public sealed class ImportFiles(IConfiguration configuration)
{
    public const int MaxMegabytes = 200;

    /// <summary>Bytes: <c>Files:MaxSize</c>, at most what an upload may have.</summary>
    public long MaxSize { get; } = Math.Min(configuration.GetValue("Files:MaxSize", MaxBytes), MaxBytes);

    public const long MaxBytes = MaxMegabytes * 1024L * 1024;

    private const int KeyBytes = 16;
    private readonly string root = Path.Combine(configuration["Files:Folder"] ?? Path.Combine("App_Data", "files"), "imports");

    /// <summary>Copies a stream to a new file; null, and no file, when it is larger than the limit.</summary>
    public async Task<StoredFile?> Save(CurrentTenant tenant, Stream from, CancellationToken stop)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        var path = PathOf(tenant, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
            var buffer = new byte[1 << 16];
            var size = 0L;
            for (int read; (read = await from.ReadAsync(buffer, stop)) > 0;)
            {
                size += read;
                if (size > MaxSize) break;
                await to.WriteAsync(buffer.AsMemory(0, read), stop);
            }

            if (size <= MaxSize) return new StoredFile(key, size);
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        File.Delete(path);
        return null;
    }

    /// <exception cref="FileNotFoundException">The file is not kept on this node.</exception>
    public Stream Open(CurrentTenant tenant, Import import) => Open(tenant, import.FileKey);

    public Stream Open(CurrentTenant tenant, string key) => new FileStream(PathOf(tenant, key), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);

    public void Delete(CurrentTenant tenant, string key) => Delete(tenant.Id, key);

    /// <summary>What is not there is not missed.</summary>
    public void Delete(long tenantId, string key)
    {
        var path = PathOf(tenantId, key);
        if (File.Exists(path)) File.Delete(path);
    }

    private string PathOf(CurrentTenant tenant, string key) => PathOf(tenant.Id, key);

    private string PathOf(long tenantId, string key) => Path.Combine(root, tenantId.ToString(System.Globalization.CultureInfo.InvariantCulture), key);
}

public sealed record StoredFile(string Key, long Size);
