from opentelemetry.propagate import inject

# Let a propagator write the header.
context = {}
inject(context)
producer.produce("orders", value=b"{}", headers=[(name, value.encode()) for name, value in context.items()])
