# The agent's own switch, which some guides turn off for old brokers, and the format.
export OTEL_INSTRUMENTATION_KAFKA_PRODUCER_PROPAGATION_ENABLED=true
export OTEL_PROPAGATORS=tracecontext,baggage
