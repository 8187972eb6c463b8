using Throughline.Server.Internal.Assemble.Orphans;
using Throughline.Server.Internal.Assemble.Pairs;

namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>What is known beyond the trace that is being settled: one object, so that everybody who pairs sees the same.</summary>
internal sealed class Known
{
    public required AssemblyOptions Options { get; init; }

    public required AssemblyStatistics Statistics { get; init; }

    public required StoreLookup Store { get; init; }

    public required LiveTraces Live { get; init; }

    public required SettledSends Sends { get; init; }

    public required OpenEnds Open { get; init; }

    public required MissingKeys Missing { get; init; }

    public required TopicKnowledge Topics { get; init; }

    /// <summary>Counts ticks. What was settled in this one is not in the store yet.</summary>
    public long Tick { get; set; }

    /// <summary>When spans that are settled now will have waited long enough: a timestamp of the <see cref="TimeProvider"/>.</summary>
    public long Due { get; set; }

    /// <summary>The start, before which other processes settled what is only in the store.</summary>
    public required long UnknownUntilUnixNs { get; set; }

    /// <summary>
    /// Whether the store has to be asked who waits for something that came at this time: memory covers what is younger.
    /// </summary>
    public bool MayHaveForgotten(long startUnixNs) =>
        startUnixNs - (Options.SkewMax.Ticks * TimeSpan.NanosecondsPerTick) <= Missing.IncompleteUntilUnixNs;

    /// <summary>The store was empty at the start: memory is complete until it forgets.</summary>
    public void NothingCameBefore()
    {
        UnknownUntilUnixNs = long.MinValue;
        Missing.NothingCameBefore();
        Sends.IncompleteUntilUnixNs = long.MinValue;
    }
}
