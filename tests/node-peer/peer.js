// One record through kafkajs as OpenTelemetry instruments it; what its spans say goes to stdout as one line of JSON.
//   node peer.js produce BROKERS TOPIC
//   node peer.js consume BROKERS TOPIC GROUP
'use strict';

const { context, propagation, trace } = require('@opentelemetry/api');
const { NodeTracerProvider } = require('@opentelemetry/sdk-trace-node');
const { InMemorySpanExporter, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-base');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { KafkaJsInstrumentation } = require('@opentelemetry/instrumentation-kafkajs');

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
provider.register();
registerInstrumentations({ tracerProvider: provider, instrumentations: [new KafkaJsInstrumentation()] });

// After the instrumentation, which patches it as it is loaded.
const { Kafka, logLevel } = require('kafkajs');

const [mode, brokers, topic, group] = process.argv.slice(2);
const kafka = new Kafka({ clientId: 'node-peer', brokers: brokers.split(','), logLevel: logLevel.NOTHING });

async function produce() {
  const producer = kafka.producer();
  await producer.connect();
  const span = trace.getTracer('peer').startSpan('node request');
  const baggage = propagation.createBaggage({ tenant: { value: 'blue green' } });
  await context.with(propagation.setBaggage(trace.setSpan(context.active(), span), baggage), () =>
    producer.send({ topic, messages: [{ key: 'key', value: 'from node' }] }));
  span.end();
  await producer.disconnect();
}

async function consume() {
  const consumer = kafka.consumer({ groupId: group });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let seen;
  const handled = new Promise((resolve) => { seen = resolve; });
  await consumer.run({
    eachMessage: async () => {
      const baggage = propagation.getBaggage(context.active());
      seen({ active: trace.getActiveSpan()?.spanContext(), tenant: baggage?.getEntry('tenant')?.value });
    },
  });
  const result = await handled;
  await consumer.disconnect();
  return result;
}

function told(span) {
  return {
    name: span.name,
    kind: span.kind,
    traceId: span.spanContext().traceId,
    spanId: span.spanContext().spanId,
    parentSpanId: span.parentSpanContext?.spanId ?? null,
    links: span.links.map((link) => link.context.spanId),
  };
}

(mode === 'produce' ? produce() : consume())
  .then((handled) => {
    process.stdout.write(`${JSON.stringify({ handled: handled ?? null, spans: exporter.getFinishedSpans().map(told) })}\n`);
    process.exit(0);
  })
  .catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
