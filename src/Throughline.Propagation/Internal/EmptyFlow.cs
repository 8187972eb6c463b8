using OpenTelemetry;
using OpenTelemetry.Context;

namespace Throughline.Propagation.Internal;

/// <summary>
/// Tells a flow that has nothing ambient at all by one look, instead of one for the activity and one for the baggage:
/// every such flow has the same execution context.
/// </summary>
internal static class EmptyFlow
{
    private static readonly ExecutionContext? Context = IsBaggageInFlow() ? OfNewThread() : null;

    /// <summary>True: there is nothing. False: look.</summary>
    internal static bool IsHere => Context is not null && ExecutionContext.Capture() == Context;

    // An application can have the API keep baggage elsewhere. The slot's kind is fixed once it has been read.
    private static bool IsBaggageInFlow() =>
        Baggage.Current.Count >= 0 && RuntimeContext.ContextSlotType == typeof(AsyncLocalRuntimeContextSlot<>);

    private static ExecutionContext? OfNewThread()
    {
        ExecutionContext? context = null;
        var thread = new Thread(() => context = ExecutionContext.Capture()) { IsBackground = true };
        thread.UnsafeStart();
        thread.Join();
        return context;
    }
}
