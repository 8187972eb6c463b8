// A copy without the old context; the agent adds that of this send.
Headers headers = new RecordHeaders(record.headers().toArray());
headers.remove("traceparent").remove("tracestate").remove("baggage");
producer.send(new ProducerRecord<>("orders.checked", null, record.key(), record.value(), headers));
