using System.Diagnostics;

namespace Throughline.Kafka.Loss;

/// <summary>Has every span recorded, and told when it ends.</summary>
internal static class SpanListener
{
    internal static ActivityListener Start(Action<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == KafkaInstrumentation.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
