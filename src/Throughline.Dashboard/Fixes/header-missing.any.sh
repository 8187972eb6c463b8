# Both, on the producer's side and on the consumer's: "none" or another format leaves no traceparent.
export OTEL_PROPAGATORS=tracecontext,baggage
