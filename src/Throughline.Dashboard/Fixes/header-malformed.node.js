const { context, propagation } = require('@opentelemetry/api');

// Let a propagator write the header, in place of what is there.
const headers = {};
propagation.inject(context.active(), headers);
producer.send({ topic: 'orders', messages: [{ value: '{}', headers }] });
