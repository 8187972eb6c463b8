namespace Throughline.Kafka.Hosting.Internal.Clients;

/// <summary>A producer's builder that reports to the host besides the user's handlers; a log handler of the user's has the lines for itself.</summary>
internal sealed class HostedProducerBuilder<TKey, TValue>(KafkaProducerOptions options)
    : TracingProducerBuilder<TKey, TValue>(options.Client, options.Tracing)
{
    internal TracingProducer<TKey, TValue> Build(ClientReport report)
    {
        var users = ErrorHandler;
        ErrorHandler = (client, error) =>
        {
            report.Note(error);
            users?.Invoke(client, error);
        };
        LogHandler ??= (_, line) => report.Log(line);
        return Build();
    }
}
