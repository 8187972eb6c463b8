// Let a propagator write the header, in place of what is there.
GlobalOpenTelemetry.getPropagators().getTextMapPropagator().inject(
    Context.current(),
    record.headers(),
    (headers, name, value) -> headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8)));
