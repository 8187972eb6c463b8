using Confluent.Kafka;

namespace Throughline.Kafka.Hosting.Tests.Readme;

/// <summary>Mails the ids of orders.</summary>
public sealed class ShipOrder(IMailer mailer) : IRecordHandler<string, Order>
{
    public Task HandleAsync(ConsumeResult<string, Order> record, CancellationToken cancellationToken) =>
        mailer.SendAsync(record.Message.Value.Id, cancellationToken);
}
