// Sends replace whatever traceparent the message has with a right one.
using var producer = new TracingProducerBuilder<string, string>(producerConfig).Build();
