using System.Diagnostics;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>How much the archives of one request may take to be looked into, all of them together: bytes unpacked, and time.</summary>
public sealed class UnpackBudget(long bytes, TimeSpan time)
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);

    private readonly long began = Stopwatch.GetTimestamp();
    private long left = bytes;

    public UnpackBudget()
        : this(ZipArchiveCheck.MaxUnpacked, Usual)
    {
    }

    /// <summary>False when it is used up.</summary>
    public bool Spend(int unpacked) => (left -= unpacked) >= 0 && Stopwatch.GetElapsedTime(began) <= time;
}
