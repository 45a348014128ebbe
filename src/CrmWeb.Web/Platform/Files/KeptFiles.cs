using System.Globalization;
using System.Security.Cryptography;
using CrmWeb.Data;

namespace CrmWeb.Web.Platform.Files;

/// <summary>A file that was written: its random name, its bytes and what they add up to.</summary>
/// <param name="Sha256">In hexadecimal.</param>
public sealed record StoredFile(string Key, long Size, string Sha256);

/// <summary>
/// Where files are kept: under <c>Files:Folder</c>, a folder a kind and in it a folder a tenant, by random names that nothing a person typed is part of.
/// Nodes that share a database must share this folder. A row names each file: it is written before the row and removed after it, so that a row never
/// lacks its file; what no row names is put aside after a day, and ends when it lay there as long as a backup that names it may come back.
/// </summary>
public abstract class KeptFiles(IConfiguration configuration, string kind)
{
    private const int KeyBytes = 16;
    private const int Buffer = 1 << 16;

    /// <summary>How long a file may lie without a row: whoever writes one is done by then.</summary>
    private static readonly TimeSpan KeptUnnamed = TimeSpan.FromDays(1);

    /// <summary>How long a file that no row names is put aside: a database that is empty, or half restored, names none of them.</summary>
    private static readonly TimeSpan KeptAside = TimeSpan.FromDays(30);

    private const string Aside = "aside";

    private readonly string root = Path.Combine(configuration["Files:Folder"] ?? Path.Combine("App_Data", "files"), kind);

    /// <summary>Bytes of one file.</summary>
    public abstract long MaxSize { get; }

    /// <summary>Copies a stream to a new file; null, and no file, when it is larger than the limit.</summary>
    public async Task<StoredFile?> Save(CurrentTenant tenant, Stream from, CancellationToken stop)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        var path = PathOf(tenant.Id, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await using var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, Buffer, useAsync: true);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[Buffer];
            var size = 0L;
            for (int read; (read = await from.ReadAsync(buffer, stop)) > 0;)
            {
                size += read;
                if (size > MaxSize) break;
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), stop);
            }

            // the row that names it outlives a power cut, and so must it
            await to.FlushAsync(stop);
            to.Flush(flushToDisk: true);
            if (size <= MaxSize) return new StoredFile(key, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        File.Delete(path);
        return null;
    }

    /// <exception cref="IOException">The file is not kept on this node.</exception>
    public Stream Open(CurrentTenant tenant, string key) => new FileStream(PathOf(tenant.Id, key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Buffer);

    public void Delete(CurrentTenant tenant, string key) => Delete(tenant.Id, key);

    /// <summary>What is not there is not missed.</summary>
    public void Delete(long tenantId, string key)
    {
        var path = PathOf(tenantId, key);
        if (File.Exists(path)) File.Delete(path);
    }

    /// <summary>Puts aside what lies there for a day and no row names; ends what was put aside long ago.</summary>
    /// <param name="named">Answers those of the names that a row of the tenant names.</param>
    public async Task Sweep(DateTime now, Func<long, IReadOnlyCollection<string>, Task<List<string>>> named)
    {
        if (!Directory.Exists(root)) return;
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            if (!long.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var tenant)) continue;
            var old = Directory.EnumerateFiles(folder).Where(path => IsKey(Path.GetFileName(path)) && File.GetLastWriteTimeUtc(path) < now - KeptUnnamed);
            foreach (var some in old.Select(path => Path.GetFileName(path)).Chunk(500))
            {
                foreach (var key in some.Except(await named(tenant, some), StringComparer.Ordinal)) PutAside(tenant, key, now);
            }
        }

        var aside = Path.Combine(root, Aside);
        if (!Directory.Exists(aside)) return;
        foreach (var path in Directory.EnumerateFiles(aside, "*", SearchOption.AllDirectories).Where(path => File.GetLastWriteTimeUtc(path) < now - KeptAside)) File.Delete(path);
    }

    private void PutAside(long tenant, string key, DateTime now)
    {
        var to = Path.Combine(root, Aside, tenant.ToString(CultureInfo.InvariantCulture), key);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(PathOf(tenant, key), to, overwrite: true);
        File.SetLastWriteTimeUtc(to, now);
    }

    private string PathOf(long tenantId, string key) => IsKey(key)
        ? Path.Combine(root, tenantId.ToString(CultureInfo.InvariantCulture), key)
        : throw new ArgumentException("A file is kept by a random name, and this is none.", nameof(key));

    private static bool IsKey(string text) => text.Length == KeyBytes * 2 && text.All(char.IsAsciiHexDigitLower);
}
