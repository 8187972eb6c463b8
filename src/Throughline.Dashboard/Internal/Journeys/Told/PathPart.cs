namespace Throughline.Dashboard.Internal.Journeys.Told;

/// <summary>Where time of a critical path went.</summary>
internal enum PathPart
{
    /// <summary>In spans that handle no record: before the first send.</summary>
    Sender = 0,

    /// <summary>From a send's start to its acknowledgement.</summary>
    Broker,

    /// <summary>In a topic, or on the way out of it where the fetch is not told.</summary>
    Queue,

    /// <summary>Fetched, and not begun with.</summary>
    Client,

    /// <summary>In the processing of a record.</summary>
    Handler,

    /// <summary>Between pieces: clocks differ, or nobody tells.</summary>
    Unknown,
}
