using System.Diagnostics;
using Throughline.Kafka.Internal.Metrics;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>A span beside the caller's flow: a child of what runs there, but never current itself. Nothing here throws.</summary>
internal static class AsideSpan
{
    internal static Activity? Start(Operation operation, SpanShape shape, Activity? parent, ActivityLink[]? links) =>
        Start(operation, shape, parent, links, lean: null, out _);

    /// <param name="operation">What the span is of.</param>
    /// <param name="shape">What it starts with.</param>
    /// <param name="parent">The running activity it is below, if any.</param>
    /// <param name="links">Its links.</param>
    /// <param name="lean">For what will probably not be recorded.</param>
    /// <param name="flow">The flow in which the span is current, for what is to be measured inside it.</param>
    internal static Activity? Start(
        Operation operation, SpanShape shape, Activity? parent, ActivityLink[]? links, LeanStarts? lean, out MeasuringFlow flow)
    {
        flow = default;
        if (!Telemetry.Spans.HasListeners())
        {
            return null;
        }

        try
        {
            using (AmbientGuard.Take())
            {
                var activity = SpanStart.Under(parent, operation.Kind, shape, links, lean);
                flow = MeasuringFlow.Here();
                return activity;
            }
        }
        catch (Exception exception)
        {
            // A sampler or a processor of the user's SDK.
            Faults.Contain("span.start", exception);
            return null;
        }
    }

    internal static void Stop(Activity activity)
    {
        try
        {
            using (AmbientGuard.Take())
            {
                activity.Stop();
            }
        }
        catch (Exception exception)
        {
            Faults.Contain("span.end", exception);
        }
    }

    internal static void End(Activity? span, string? errorType, string? error)
    {
        if (span is null)
        {
            return;
        }

        if (errorType is not null)
        {
            span.AddTag(AttributeNames.ErrorType, errorType);
            span.SetStatus(ActivityStatusCode.Error, error);
        }

        Stop(span);
    }
}
