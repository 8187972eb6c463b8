namespace Throughline.Propagation.Internal;

/// <summary>One cause's refusals since it was last spoken of.</summary>
internal sealed class RefusalTally
{
    private const long Never = long.MinValue;

    private long _spokenAt = Never;
    private long _unsaid;

    public void Count() => Interlocked.Increment(ref _unsaid);

    /// <summary>True for the one caller that may speak, with the number it speaks for.</summary>
    public bool IsTimeToSpeak(TimeProvider time, TimeSpan quiet, out long unsaid)
    {
        long now = time.GetTimestamp();
        long spokenAt = Volatile.Read(ref _spokenAt);
        bool isDue = spokenAt == Never || time.GetElapsedTime(spokenAt, now) >= quiet;
        if (!isDue || Interlocked.CompareExchange(ref _spokenAt, now, spokenAt) != spokenAt)
        {
            unsaid = 0;
            return false;
        }

        unsaid = Interlocked.Exchange(ref _unsaid, 0);
        return true;
    }
}
