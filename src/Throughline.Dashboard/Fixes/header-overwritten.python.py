# A copy without the old context; the instrumentation adds that of this send.
old = ("traceparent", "tracestate", "baggage")
headers = [(name, value) for name, value in record.headers() or [] if name not in old]
producer.produce("orders.checked", key=record.key(), value=record.value(), headers=headers)
