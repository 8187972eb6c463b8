using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>What a processing loop must know of the client's configuration.</summary>
/// <param name="StoresOffsetsItself">The client stores an offset when it hands the record out; <see langword="null"/>: not known.</param>
/// <param name="CommitsItself">The client commits stored offsets in the background.</param>
internal sealed record ProcessingSettings(bool? StoresOffsetsItself, bool CommitsItself)
{
    /// <summary>A wrapped client: it is asked what it does by itself, where it can be; whether it commits is not known, so the loop does.</summary>
    internal static readonly ProcessingSettings Unknown = new(StoresOffsetsItself: null, CommitsItself: false);

    internal static ProcessingSettings Of(ClientSettings settings) => new(
        settings.IsOn("enable.auto.offset.store", byDefault: true),
        settings.IsOn("enable.auto.commit", byDefault: true));

    /// <summary>Before the first record is taken: one that is handed out may be committed at once.</summary>
    internal void ThrowIfUnfit<TKey, TValue>(IConsumer<TKey, TValue> consumer)
    {
        if (StoresOffsetsItself ?? RefusesToStore(consumer))
        {
            throw new InvalidOperationException(
                "enable.auto.offset.store is true: the client would commit records that are still being handled. Build the "
                + "consumer with TracingConsumerBuilder.BuildForProcessing(), or set it to false.");
        }
    }

    /// <summary>A transaction's offsets are committed with it, and in no other way.</summary>
    internal void ThrowIfUnfitForTransactions<TKey, TValue>(IConsumer<TKey, TValue> consumer)
    {
        if (StoresOffsetsItself is { } stores ? stores && CommitsItself : RefusesToStore(consumer))
        {
            throw new InvalidOperationException(
                "The client stores offsets by itself and may commit them (enable.auto.offset.store, enable.auto.commit): records whose "
                + "transaction is aborted would be committed. Build the consumer with TracingConsumerBuilder.BuildForProcessing(), or "
                + "set enable.auto.offset.store to false");
        }
    }

    // A client that stores offsets by itself refuses any of the application's as an invalid argument; another one only this
    // one, for it has no such partition.
    private static bool RefusesToStore<TKey, TValue>(IConsumer<TKey, TValue> consumer)
    {
        try
        {
            consumer.StoreOffset(new TopicPartitionOffset("throughline.probe", 0, 0));
            return false;
        }
        catch (KafkaException exception)
        {
            return exception.Error.Code == ErrorCode.Local_InvalidArg;
        }
    }
}
