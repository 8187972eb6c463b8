using Confluent.Kafka;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Failures.Redrives;

/// <summary>Sends a letter on, and waits until the brokers have it.</summary>
internal sealed class LetterSender(TracingProducer<byte[], byte[]> producer, ContextPropagator propagator)
{
    /// <summary>Back to where it failed, into its old partition; by its key where that is gone, or where it goes elsewhere.</summary>
    internal async Task SendBackAsync(DeadLetter letter, string destination)
    {
        var message = WithHeaders(letter, name => !FailureHeaderNames.TellsFailure(name));
        if (destination == letter.OriginalTopic && letter.OriginalPartition is { } partition)
        {
            try
            {
                Acknowledged(await producer.ProduceAsync(new TopicPartition(destination, partition), message).ConfigureAwait(false));
                return;
            }
            catch (ProduceException<byte[], byte[]> exception) when (exception.Error.Code == ErrorCode.Local_UnknownPartition)
            {
                // The topic was created anew, with fewer.
            }
        }

        Acknowledged(await producer.ProduceAsync(destination, message).ConfigureAwait(false));
    }

    /// <summary>To the end of its own topic, with everything that its headers tell.</summary>
    internal async Task PutBackAsync(DeadLetter letter) => Acknowledged(
        await producer.ProduceAsync(letter.Place.TopicPartition, WithHeaders(letter, _ => true)).ConfigureAwait(false));

    // Without trace headers: the send puts its own. With a time of its own: an old one could be past the topic's retention.
    private Message<byte[], byte[]> WithHeaders(DeadLetter letter, Func<string, bool> wanted)
    {
        var headers = new Headers();
        foreach (var header in letter.Message.Headers ?? [])
        {
            if (!propagator.IsContextHeader(header.Key) && wanted(header.Key))
            {
                headers.Add(header);
            }
        }

        return new() { Key = letter.Message.Key, Value = letter.Message.Value, Headers = headers };
    }

    private static void Acknowledged(DeliveryResult<byte[], byte[]>? result)
    {
        if (result?.Status != PersistenceStatus.Persisted)
        {
            throw new InvalidOperationException(
                "The producer does not say whether the brokers have a letter. Build it with acks other than 0 and with delivery "
                + "reports (dotnet.producer.enable.delivery.reports, dotnet.producer.delivery.report.fields with status).");
        }
    }
}
