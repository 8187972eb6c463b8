// npm install @opentelemetry/sdk-trace-node @opentelemetry/instrumentation @opentelemetry/instrumentation-kafkajs
const { NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { KafkaJsInstrumentation } = require('@opentelemetry/instrumentation-kafkajs');

new NodeTracerProvider().register(); // with your span processors; it also sets the propagator
registerInstrumentations({ instrumentations: [new KafkaJsInstrumentation()] });

// Only now: kafkajs is patched as it is loaded.
const { Kafka } = require('kafkajs');

const consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 'billing' });
consumer.run({
  // Runs inside the record's trace.
  eachMessage: async ({ message }) => handle(message),
});
