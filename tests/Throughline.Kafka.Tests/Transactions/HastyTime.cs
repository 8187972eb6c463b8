namespace Throughline.Kafka.Tests.Transactions;

/// <summary>The system's clock, until a test makes it run so fast that every wait is over.</summary>
internal sealed class HastyTime : TimeProvider
{
    private const long Factor = 10_000_000;

    private long _hastenedTimestamp = long.MaxValue;

    public override long GetTimestamp()
    {
        var now = base.GetTimestamp();
        return now + (Math.Max(0, now - Volatile.Read(ref _hastenedTimestamp)) * Factor);
    }

    internal void Hasten() => Volatile.Write(ref _hastenedTimestamp, base.GetTimestamp());
}
