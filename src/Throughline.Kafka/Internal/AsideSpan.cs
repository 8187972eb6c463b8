using System.Diagnostics;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal;

/// <summary>A span beside the caller's flow: a child of what runs there, but never current itself. Nothing here throws.</summary>
internal static class AsideSpan
{
    internal static Activity? Start(Operation operation, SpanShape shape, Activity? parent, ActivityLink[]? links)
    {
        if (!Telemetry.Spans.HasListeners())
        {
            return null;
        }

        try
        {
            using (AmbientGuard.Take())
            {
                return SpanStart.Under(parent, operation.Kind, shape, links);
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
