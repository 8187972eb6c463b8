using System.Collections.Concurrent;

namespace Throughline.Kafka.Internal.Capture;

/// <summary>What was decided of a name (a topic, a header), so that globs are tried once a name.</summary>
internal sealed class NameCache<TDecision>(Func<string, TDecision> decide)
{
    // Names beyond these are decided anew each time: whoever makes up names must not fill the memory.
    private const int KeptMax = 1024;

    private readonly ConcurrentDictionary<string, TDecision> _kept = new(StringComparer.Ordinal);

    // Counting the dictionary itself takes all its locks.
    private int _count;

    internal TDecision Of(string name)
    {
        if (_kept.TryGetValue(name, out var decision))
        {
            return decision;
        }

        decision = decide(name);
        if (Volatile.Read(ref _count) < KeptMax && _kept.TryAdd(name, decision))
        {
            Interlocked.Increment(ref _count);
        }

        return decision;
    }
}
