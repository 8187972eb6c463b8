namespace Throughline.Server.Internal.Journeys;

/// <summary>How much of a journey is looked at. What a bound leaves out is counted in <see cref="Journey.Omissions"/>.</summary>
internal sealed class JourneyOptions
{
    /// <summary>Spans of one journey.</summary>
    public int SpansMax { get; init; } = 100_000;

    /// <summary>Spans that are read of one trace.</summary>
    public int TraceSpansMax { get; init; } = 100_000;

    /// <summary>Traces that are read.</summary>
    public int TracesMax { get; init; } = 1_000;

    /// <summary>Spans elsewhere that link to one trace, or name one record.</summary>
    public int RelatedMax { get; init; } = 1_000;

    /// <summary>Records without a context that are looked up by their place: each is a search of its own.</summary>
    public int RecordLookupsMax { get; init; } = 500;

    /// <summary>Records beside a batch's that are named.</summary>
    public int BesideMax { get; init; } = 1_000;

    /// <summary>Pieces of the critical path.</summary>
    public int SegmentsMax { get; init; } = 10_000;

    /// <summary>How long a missing parent is held for being on its way.</summary>
    public TimeSpan OrphanAfter { get; init; } = TimeSpan.FromSeconds(60);
}
