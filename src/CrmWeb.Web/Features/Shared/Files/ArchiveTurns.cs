using System.Threading.RateLimiting;

namespace CrmWeb.Web.Features.Shared.Files;

/// <summary>
/// Who may look into archives at the moment. Unpacking one takes a processor for seconds: a node does so few at a time (<c>Files:ArchivesAtOnce</c>), and of one
/// tenant always fewer than that, so that many archives of one keep neither the others' pages nor the others' archives waiting (R8). Who has waited for
/// <c>Files:ArchiveWait</c> seconds is told to come again.
/// </summary>
public sealed class ArchiveTurns : IDisposable
{
    private const int Usual = 2;
    private const int Seconds = 10;
    private const int Waiting = 20;

    private readonly TimeSpan wait;
    private readonly PartitionedRateLimiter<long> turns;

    public ArchiveTurns(IConfiguration configuration)
    {
        var most = Math.Max(1, configuration.GetValue("Files:ArchivesAtOnce", Usual));
        wait = TimeSpan.FromSeconds(Math.Max(0, configuration.GetValue<double>("Files:ArchiveWait", Seconds)));
        turns = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<long, long>(tenant => RateLimitPartition.GetConcurrencyLimiter(tenant, _ => Limit(Math.Max(1, most - 1)))),
            PartitionedRateLimiter.Create<long, int>(_ => RateLimitPartition.GetConcurrencyLimiter(0, _ => Limit(most))));
    }

    /// <summary>Seconds after which it is worth to come again.</summary>
    public int ComeAgain => Math.Max(1, (int)wait.TotalSeconds);

    /// <summary>To be given back; null when there is none in time.</summary>
    public async Task<IDisposable?> Take(long tenantId, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(wait);
        try
        {
            var turn = await turns.AcquireAsync(tenantId, 1, patience.Token);
            if (turn.IsAcquired) return turn;
            turn.Dispose();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // it took too long
        }

        return null;
    }

    public void Dispose() => turns.Dispose();

    private static ConcurrencyLimiterOptions Limit(int permits) => new() { PermitLimit = permits, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst };
}
