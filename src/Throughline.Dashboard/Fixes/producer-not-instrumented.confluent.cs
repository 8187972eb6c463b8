// A span for the send, and its context in the record's headers.
using var send = Source.StartActivity("send orders", ActivityKind.Producer);
send?.SetTag("messaging.system", "kafka");
send?.SetTag("messaging.operation.type", "send");
send?.SetTag("messaging.destination.name", "orders");
var headers = new Headers();
Propagators.DefaultTextMapPropagator.Inject(
    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
    headers,
    static (headers, name, value) =>
    {
        headers.Remove(name);
        headers.Add(name, Encoding.UTF8.GetBytes(value));
    });
var sent = await producer.ProduceAsync(
    "orders", new Message<string, string> { Key = order.Id, Value = order.Json, Headers = headers });
send?.SetTag("messaging.destination.partition.id", sent.Partition.Value.ToString());
send?.SetTag("messaging.kafka.offset", sent.Offset.Value);
