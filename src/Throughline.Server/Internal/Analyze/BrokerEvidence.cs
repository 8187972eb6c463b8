using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>How much of a time brokers told about.</summary>
internal readonly struct BrokerEvidence(SeriesValues values, double seconds)
{
    // An observation more or less at the ends is no gap.
    private const double EdgeSeconds = 60;

    // Seconds between observations, of each partition: the longest watched one's.
    private readonly double _watched = values.Of(Measure.BrokerWatched).Values.Select(static value => value.Sum).DefaultIfEmpty(0).Max();

    public bool IsWatched { get; } = values.Has(Measure.BrokerWatched);

    public bool IsWatchedThroughout => IsWatched && _watched + EdgeSeconds >= seconds;

    public string Gap => $"brokers were watched for {_watched:0} of {seconds:0} seconds";

    /// <summary>How certain it is that nothing happened.</summary>
    public Certainty OfNothing => IsWatchedThroughout ? Certainty.Exact : Certainty.Estimate;
}
