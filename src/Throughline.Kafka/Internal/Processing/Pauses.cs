using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>Pauses and resumes partitions, each for its reasons. Only the loop's thread uses it.</summary>
/// <remarks>A partition that the client has given up by itself cannot be paused, and need not be.</remarks>
internal sealed class Pauses<TKey, TValue>(TracingConsumer<TKey, TValue> consumer)
{
    private int _forPressure;

    /// <summary>Some partition could go on any moment, when a worker is done.</summary>
    internal bool AnyForPressure => _forPressure > 0;

    internal void Pause(PartitionWork<TKey, TValue> partition, PauseReasons reason)
    {
        if (partition.Paused == PauseReasons.None)
        {
            Aside.TryUnlessFatal(() => consumer.Pause([partition.Place]));
        }

        Change(partition, partition.Paused | reason);
    }

    /// <summary>Pauses it in the client too where it should be paused already.</summary>
    internal void PauseAgain(PartitionWork<TKey, TValue> partition, PauseReasons reason)
    {
        var others = partition.Paused;
        Change(partition, PauseReasons.None);
        Pause(partition, others | reason);
    }

    internal void Resume(PartitionWork<TKey, TValue> partition, PauseReasons reason)
    {
        if (partition.Paused == PauseReasons.None)
        {
            return;
        }

        Change(partition, partition.Paused & ~reason);
        if (partition.Paused == PauseReasons.None)
        {
            Resume(partition.Place);
        }
    }

    /// <summary>The client has given the partition up, and its pause with it.</summary>
    internal void Forget(PartitionWork<TKey, TValue> partition) => Change(partition, PauseReasons.None);

    private static bool IsForPressure(PauseReasons reasons) => (reasons & (PauseReasons.Share | PauseReasons.Full)) != PauseReasons.None;

    // Apart, so that only what is resumed costs a closure: each record asks.
    private void Resume(TopicPartition place) => Aside.TryUnlessFatal(() => consumer.Resume([place]));

    private void Change(PartitionWork<TKey, TValue> partition, PauseReasons reasons)
    {
        _forPressure += (IsForPressure(reasons) ? 1 : 0) - (IsForPressure(partition.Paused) ? 1 : 0);
        partition.Paused = reasons;
    }
}
