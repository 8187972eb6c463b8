namespace Throughline.Server.Tests.Fixtures;

/// <summary>A clock that goes when it is told to.</summary>
internal sealed class SteppedTime : TimeProvider
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private TimeSpan _gone;

    public long UnixNs => (GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + _gone;

    public override long GetTimestamp() => _gone.Ticks;

    public void Go(TimeSpan time) => _gone += time;
}
