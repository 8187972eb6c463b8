using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Records;

/// <summary>
/// A processing within the processing of the same record, or of the batch that it came in: two instrumentations, or two
/// layers of one, tell of the same thing.
/// </summary>
internal static class Nesting
{
    public static bool IsNested(SpanFacts span, SpanFacts? parent) =>
        parent is not null && parent.Role() == SpanRole.Process
        && parent.Source.Service == span.Source.Service
        && (parent.Messaging!.Topic ?? span.Messaging!.Topic) == (span.Messaging!.Topic ?? parent.Messaging.Topic)
        && (parent.Messaging.Offset < 0 || span.Messaging.Offset < 0 || parent.Messaging.Offset == span.Messaging.Offset);
}
