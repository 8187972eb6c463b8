namespace Throughline.Server.Internal.Assemble;

/// <summary>Times and bounds of assembly. Every bound says what happens at it.</summary>
internal sealed class AssemblyOptions
{
    /// <summary>A trace that got no span for so long is settled.</summary>
    public TimeSpan SettleAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A trace is settled so long after its first span at the latest, however busy it is.</summary>
    public TimeSpan SettleLatest { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a settled span's missing parent, or send, is held for being on its way.</summary>
    public TimeSpan OrphanAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>By how much clocks may differ for two spans to be held for one record's.</summary>
    public TimeSpan SkewMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long a record may lie before its offset alone no longer names it: topics get deleted and made again.
    /// </summary>
    public TimeSpan IdentityLagMax { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Traces that are not settled. More: the one that was quiet the longest is settled early, and counted.</summary>
    public int LiveTracesMax { get; init; } = 200_000;

    /// <summary>Spans that are not settled. More: as above.</summary>
    public int LiveSpansMax { get; init; } = 500_000;

    /// <summary>Spans settled by one tick, more or less: a trace is settled whole. The rest waits for the next tick.</summary>
    public int SettledAtOnceMax { get; init; } = 20_000;

    /// <summary>Settled sends that are kept at hand; older ones are looked up in the store.</summary>
    public int SendsMax { get; init; } = 100_000;

    /// <summary>Settled spans that wait for a parent or a send. More: the oldest is decided early, and counted.</summary>
    public int OpenEndsMax { get; init; } = 100_000;

    /// <summary>Keys remembered, after the wait, of what never came (8 bytes each); beyond, the store is asked instead.</summary>
    public int MissingKeysMax { get; init; } = 1_000_000;

    /// <summary>Deliveries remembered for counting (8 bytes each); beyond, the store is asked.</summary>
    public int DeliveriesMax { get; init; } = 400_000;

    /// <summary>Spans of one trace that are read from the store at a time; in a larger one, duplicates may pass.</summary>
    public int StoredSpansMax { get; init; } = 10_000;
}
