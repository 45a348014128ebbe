namespace CrmWeb.Tests.Support;

/// <summary>The real time until a test sets another. Timers run in real time.</summary>
public sealed class FakeClock : TimeProvider
{
    private DateTimeOffset? stopped;

    public DateTime Now
    {
        get => GetUtcNow().UtcDateTime;
        set => stopped = new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc));
    }

    public override DateTimeOffset GetUtcNow() => stopped ?? base.GetUtcNow();

    public void Advance(TimeSpan by) => Now += by;
}
