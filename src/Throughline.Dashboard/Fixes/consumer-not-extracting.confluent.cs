var record = consumer.Consume(stopping);

// Read the context that the sender put on the record …
var context = Propagators.DefaultTextMapPropagator.Extract(
    default,
    record.Message.Headers,
    static (headers, name) => headers?.TryGetLastBytes(name, out var value) == true ? [Encoding.UTF8.GetString(value)] : []);
Baggage.Current = context.Baggage;

// … and process the record in a span under it.
using (var process = Source.StartActivity("process orders", ActivityKind.Consumer, context.ActivityContext))
{
    process?.SetTag("messaging.system", "kafka");
    process?.SetTag("messaging.operation.type", "process");
    process?.SetTag("messaging.destination.name", record.Topic);
    process?.SetTag("messaging.destination.partition.id", record.Partition.Value.ToString());
    process?.SetTag("messaging.kafka.offset", record.Offset.Value);
    process?.SetTag("messaging.consumer.group.name", "billing");
    await handleAsync(record.Message.Value, stopping);
}
