using CrmWeb.Web.Platform.Files;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>Where the files of customers are kept, and how much may be: of one file, at once, and of a tenant.</summary>
public sealed class AttachmentFiles(IConfiguration configuration) : KeptFiles(configuration, "attachments")
{
    private const long Megabyte = 1 << 20;

    /// <summary>What a form adds around its files.</summary>
    private const long Around = Megabyte;

    /// <summary>Bytes: <c>Files:MaxAttachment</c>.</summary>
    public override long MaxSize { get; } = Math.Max(1, configuration.GetValue("Files:MaxAttachment", 25 * Megabyte));

    /// <summary>Files of one request: <c>Files:MaxAtOnce</c>.</summary>
    public int MaxAtOnce { get; } = Math.Max(1, configuration.GetValue("Files:MaxAtOnce", 10));

    /// <summary>Bytes of a tenant, what is deleted and not yet gone included: <c>Files:Quota</c>.</summary>
    public long Quota { get; } = configuration.GetValue("Files:Quota", 2048 * Megabyte);

    /// <summary>Bytes of a request.</summary>
    public long MaxRequest => (MaxSize * MaxAtOnce) + Around;
}
