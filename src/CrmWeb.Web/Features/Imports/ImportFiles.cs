using CrmWeb.Data;
using CrmWeb.Domain.Customers.Imports;
using CrmWeb.Web.Platform.Files;

namespace CrmWeb.Web.Features.Imports;

/// <summary>Where import files are kept.</summary>
public sealed class ImportFiles(IConfiguration configuration) : KeptFiles(configuration, "imports")
{
    public const int MaxMegabytes = 200;

    public const long MaxBytes = MaxMegabytes * 1024L * 1024;

    /// <summary>Bytes: <c>Files:MaxSize</c>, at most what an upload may have.</summary>
    public override long MaxSize { get; } = Math.Min(configuration.GetValue("Files:MaxSize", MaxBytes), MaxBytes);

    /// <exception cref="FileNotFoundException">The file is not kept on this node.</exception>
    public Stream Open(CurrentTenant tenant, Import import) => Open(tenant, import.FileKey);
}
