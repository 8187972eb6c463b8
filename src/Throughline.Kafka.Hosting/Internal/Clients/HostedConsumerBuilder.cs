using Confluent.Kafka;

namespace Throughline.Kafka.Hosting.Internal.Clients;

/// <summary>A consumer's builder that reports to the host besides the user's handlers; a log handler of the user's has the lines for itself.</summary>
internal sealed class HostedConsumerBuilder<TKey, TValue>(KafkaConsumerOptions options)
    : TracingConsumerBuilder<TKey, TValue>(options.Client, options.Tracing)
{
    internal TracingConsumer<TKey, TValue> Build(ClientReport report)
    {
        var (users, usersAssigned) = (ErrorHandler, PartitionsAssignedHandler);
        ErrorHandler = (client, error) =>
        {
            report.Note(error);
            users?.Invoke(client, error);
        };
        PartitionsAssignedHandler = (client, places) =>
        {
            report.Joined();
            return usersAssigned?.Invoke(client, places) ?? places.Select(place => new TopicPartitionOffset(place, Offset.Unset));
        };
        LogHandler ??= (_, line) => report.Log(line);
        return BuildForProcessing();
    }
}
