namespace Throughline.Server.Internal.Journeys;

/// <summary>What a piece of the critical path is.</summary>
internal enum SegmentKind
{
    /// <summary>A span's own time, in which it waited for no child.</summary>
    Span = 0,

    /// <summary>From the send's start to its acknowledgement.</summary>
    Produce,

    /// <summary>From the acknowledgement to the fetch; to where processing begins, where the fetch is not told.</summary>
    InTopic,

    /// <summary>From the fetch to where processing begins.</summary>
    InClient,
}
