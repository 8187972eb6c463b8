// Exchange the builder: every send puts its own traceparent on its record.
using var producer = new TracingProducerBuilder<string, string>(producerConfig).Build();
await producer.ProduceAsync("orders", new Message<string, string> { Key = order.Id, Value = order.Json });
