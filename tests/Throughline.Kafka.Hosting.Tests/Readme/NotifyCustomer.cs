using Confluent.Kafka;

namespace Throughline.Kafka.Hosting.Tests.Readme;

// begin-snippet: handler
public sealed class NotifyCustomer(IMailer mailer, IProducer<string, string> producer) : IRecordHandler<string, string>
{
    public async Task HandleAsync(ConsumeResult<string, string> record, CancellationToken cancellationToken)
    {
        await mailer.SendAsync(record.Message.Value, cancellationToken);
        await producer.ProduceAsync("notified", new() { Key = record.Message.Key }, cancellationToken);
    }
}

// end-snippet
