namespace Throughline.Kafka.Internal;

/// <summary>
/// A producer starts its poll thread when it is built, and that thread keeps the ambient context of whoever built it:
/// every delivery handler would run inside that span, for good.
/// </summary>
internal static class PollThread
{
    internal static T WithoutAmbient<T>(Func<T> build)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return build();
        }

        using (ExecutionContext.SuppressFlow())
        {
            return build();
        }
    }
}
