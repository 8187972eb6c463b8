namespace Throughline.Server.Internal.Assemble.Records;

/// <summary>What a span is on a record's way.</summary>
internal enum SpanRole : byte
{
    /// <summary>Not one record's send or processing: everything else, polls and commits among it.</summary>
    None = 0,

    /// <summary>The context that a record carries was made here; the send may be another span.</summary>
    Create,
    Send,

    /// <summary>One record came out of a poll. A processing only where its instrumentation tells of no other.</summary>
    Receive,
    Process,
}
