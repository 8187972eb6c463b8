// A copy without the old context; the instrumentation adds that of this send.
const { traceparent, tracestate, baggage, ...headers } = message.headers;
producer.send({ topic: 'orders.checked', messages: [{ key: message.key, value: message.value, headers }] });
