using Confluent.Kafka;
using Throughline.Kafka.Internal.Failures.Redrives;
using Throughline.Kafka.Internal.Processing;

namespace Throughline.Kafka;

/// <summary>Sends dead letters back to where they failed.</summary>
public static class DeadLetters
{
    /// <summary>
    /// Sends the letters of a dead-letter topic back, one after the other, up to the topic's end as it is when the redrive
    /// begins: with original key, value and headers, without those of the failure, in the trace they came from.
    /// </summary>
    /// <remarks>
    /// What is done is remembered by a consumer group of its own, so that a second run sends nothing twice; a run that is
    /// killed may repeat up to 100 letters. Letters that are not meant are put back at the topic's end, and come again. Two
    /// runs at a time share the topic's partitions.
    /// </remarks>
    /// <param name="consumerConfig">How to reach the brokers; its <c>group.id</c> and offset settings are replaced.</param>
    /// <param name="producer">Sends the letters, with acknowledgements. It stays the caller's. One that does not trace is wrapped.</param>
    /// <param name="options">Which letters, and where to.</param>
    /// <param name="cancellationToken">Ends it after the letter in hand.</param>
    /// <exception cref="ArgumentException">An option is not allowed; the message names it.</exception>
    /// <exception cref="KafkaException">The topic cannot be read, or a letter not be sent; what was done before is committed.</exception>
    /// <exception cref="TimeoutException">Nothing came from the brokers in time, for example since another redrive has all partitions.</exception>
    public static Task<RedriveReport> RedriveAsync(
        IEnumerable<KeyValuePair<string, string>> consumerConfig,
        IProducer<byte[], byte[]> producer,
        RedriveOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(consumerConfig);
        ArgumentNullException.ThrowIfNull(producer);
        ArgumentNullException.ThrowIfNull(options);
        var settings = RedriveSettings.Of(options);
        var traced = producer as TracingProducer<byte[], byte[]> ?? producer.WithTracing();

        return OwnThread.RunAsync(() =>
        {
            using var run = new RedriveRun(consumerConfig, traced, settings);
            return run.Run(cancellationToken);
        });
    }
}
