namespace CrmWeb.Tests.Support;

/// <summary>The real time until a test sets another. Timers run in real time.</summary>
public sealed class FakeClock : TimeProvider
{
    private DateTimeOffset? stopped;

    public DateTime Now
    {
        get => GetUtcNow().UtcDateTime;
        set => stopped = IsShared ? throw new InvalidOperationException("Other tests live by this clock: start a host of your own.") : new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc));
    }

    public bool IsShared { get; set; }

    public override DateTimeOffset GetUtcNow() => stopped ?? base.GetUtcNow();

    public void Advance(TimeSpan by) => Now += by;
}
