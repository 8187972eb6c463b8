namespace Throughline.Kafka.Internal.Failures;

/// <summary>How much a record says of its failure. Less where it would be too large with more.</summary>
internal enum HeaderDetail
{
    All,

    /// <summary>No stack trace.</summary>
    WithoutStack,

    /// <summary>The origin, the original place and the counts alone.</summary>
    PlaceOnly,

    /// <summary>That it failed. Even the trace headers may go then.</summary>
    Nothing,
}
