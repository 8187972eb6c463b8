using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Assemble.Settling;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>
/// Tells receive spans that are all there is of a processing from those beside which its instrumentation has a process span.
/// </summary>
internal sealed class Receipts(Known known)
{
    /// <summary>Whether a settled receive span, which does not wait any more, stands for the processing.</summary>
    public bool IsProcessing(SpanFacts receive) =>
        !known.Open.IsWaitingReceive(receive) && !known.Topics.DoesProcess(receive) && !IsProcessedElsewhere(receive);

    // What is known of a service is forgotten in a restart; what its spans say of this very record is not.
    private bool IsProcessedElsewhere(SpanFacts receive) =>
        References.OfOneRecord(receive) is { } reference
        && known.Store.ReferencesTo(reference.Key).Any(other => other.Role() == SpanRole.Process
            && other.Source.Service == receive.Source.Service
            && other.Messaging!.Topic == receive.Messaging!.Topic);
}
