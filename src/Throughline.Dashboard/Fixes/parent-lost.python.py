from opentelemetry import trace

# As the program ends: what is in the queue is sent.
trace.get_tracer_provider().shutdown()
