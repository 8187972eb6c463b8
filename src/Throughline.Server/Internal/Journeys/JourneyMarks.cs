namespace Throughline.Server.Internal.Journeys;

/// <summary>What is to be shown on a span of a journey.</summary>
[Flags]
internal enum JourneyMarks
{
    None = 0,

    /// <summary>Its status is an error.</summary>
    Error = 1,

    /// <summary>It misses its parent, or its record's context.</summary>
    Orphan = 2,

    /// <summary>Its processing seems to begin before its record was sent, or it before its parent: clocks differ.</summary>
    ClockSkew = 4,

    /// <summary>On the critical path.</summary>
    Critical = 8,

    /// <summary>Not part of the journey itself: what encloses a processing, as a poll does.</summary>
    Surrounding = 16,

    /// <summary>It is not settled: more may come.</summary>
    Live = 32,

    /// <summary>Its record goes to a retry topic or to the dead letters.</summary>
    Failed = 64,
}
