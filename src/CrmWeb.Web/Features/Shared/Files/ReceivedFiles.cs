using CrmWeb.Web.Platform.Files;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>Files of a request that were looked into, and the bytes of those that are taken. Unless rows name them by then, the bytes go with it.</summary>
public sealed class ReceivedFiles(AttachmentFiles files, long tenantId, SentFiles sent) : IDisposable
{
    private readonly List<StoredFile> stored = [];

    public SentFiles Sent => sent;

    /// <summary>In the order of those that are accepted.</summary>
    public IReadOnlyList<StoredFile> Stored => stored;

    /// <summary>Once rows are committed, nobody knows whether they are there, be it that the answer was lost: the sweep asks them.</summary>
    public bool IsKept { get; set; }

    public void Add(StoredFile file) => stored.Add(file);

    public void Dispose()
    {
        if (!IsKept) stored.ForEach(file => files.Delete(tenantId, file.Key));
    }
}

public static class FilesAnswers
{
    /// <summary>503 with when to come again, where the node could not look into what was sent; null where it did.</summary>
    public static int? Status(this HttpResponse response, SentFiles sent)
    {
        if (sent.ComeAgain is not { } seconds) return null;
        response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return StatusCodes.Status503ServiceUnavailable;
    }
}
