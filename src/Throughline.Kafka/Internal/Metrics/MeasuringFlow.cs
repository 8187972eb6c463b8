using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>
/// The flow in which a span is current, to record its measurements in: an SDK takes a measurement's exemplar, the trace
/// that it is an example of, from what is current when it is recorded.
/// </summary>
/// <remarks>
/// It is the execution context that starting the span has made, so it costs no object; making the span current again
/// would cost two.
/// </remarks>
internal readonly struct MeasuringFlow
{
    private readonly ExecutionContext? _context;

    private MeasuringFlow(ExecutionContext? context)
    {
        _context = context;
    }

    /// <summary>The calling flow as it is now; nothing where the flow is suppressed.</summary>
    internal static MeasuringFlow Here() => new(ExecutionContext.Capture());

    /// <summary>Enters it until the guard is disposed; does nothing without one.</summary>
    internal AmbientGuard Enter()
    {
        var guard = AmbientGuard.Take();
        if (_context is not null)
        {
            ExecutionContext.Restore(_context);
        }

        return guard;
    }
}
