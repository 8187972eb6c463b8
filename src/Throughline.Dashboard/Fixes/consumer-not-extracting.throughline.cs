// Each handler runs inside its record's trace, and what was handled is committed.
using var consumer = new TracingConsumerBuilder<string, string>(consumerConfig).BuildForProcessing();
consumer.Subscribe("orders");
await consumer.ProcessAsync((record, cancellation) => handleAsync(record.Message.Value, cancellation), stopping);

// Or in a loop of your own, of a consumer made with Build():
//   var record = consumer.Consume(stopping);
//   using (var scope = consumer.StartProcess(record)) { … }
