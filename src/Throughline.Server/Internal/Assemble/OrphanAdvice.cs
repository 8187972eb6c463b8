using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble;

/// <summary>What to do about orphans: one table, by cause and, where it matters, by the client that wrote the span.</summary>
internal static class OrphanAdvice
{
    public static OrphanFix For(OrphanCause cause, SpanSource source) => For(cause, FamilyOf(source));

    public static OrphanFix For(OrphanCause cause, ClientFamily client) => cause switch
    {
        OrphanCause.ProducerNotInstrumented => new(
            "Instrument whoever sends to this topic, so that records carry a traceparent; until then lag is measured from the records' own timestamps.",
            Producer(client)),
        OrphanCause.HeaderMissing => new(
            "Look for what takes the header off between the traced send and this consumer: a producer whose propagation is off, a record at its size limit, a proxy or connector that leaves headers out.",
            client == ClientFamily.Java ? "OTEL_INSTRUMENTATION_KAFKA_PRODUCER_PROPAGATION_ENABLED=true" : "OTEL_PROPAGATORS=tracecontext,baggage"),
        OrphanCause.HeaderMalformed => new(
            "Find who writes a traceparent by hand, and let a propagator write it: 55 characters of lower-case hex and dashes, as UTF-8 text.",
            "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        OrphanCause.HeaderOverwritten => new(
            "Let whoever forwards the record take the trace headers off the copy before it is sent, and send inside the record's own span: each record has one traceparent, its own send's.",
            Forwarder(client)),
        OrphanCause.ConsumerNotExtracting => new(
            "The context is on the record: process the record through an instrumentation that reads it.",
            Consumer(client)),
        OrphanCause.ParentSampledOut => new(
            "Sample where a trace begins and nowhere else: let every other service follow its parent's decision, or keep everything and decide in the server.",
            "OTEL_TRACES_SAMPLER=parentbased_traceidratio"),
        OrphanCause.ParentLost => new(
            "Look at the exporter of the service that made the parent: a queue that overflows, an exit without flushing, an endpoint that refuses.",
            client is ClientFamily.Throughline or ClientFamily.DotNet
                ? "tracerProvider.ForceFlush(); tracerProvider.Dispose();"
                : "OTEL_BSP_MAX_QUEUE_SIZE=8192"),
        OrphanCause.ParentInFlight => new("Wait: the parent has not come yet, and is not counted as missing."),
        OrphanCause.ClockSkew => new(
            "Synchronize the clocks of both hosts (NTP, chrony): the two spans name the same record at times that cannot both be right.",
            "chronyc tracking"),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    public static ClientFamily FamilyOf(SpanSource source) => source.ScopeName switch
    {
        var name when name.StartsWith("Throughline", StringComparison.Ordinal) => ClientFamily.Throughline,
        var name when name.StartsWith("OpenTelemetry.", StringComparison.Ordinal) => ClientFamily.DotNet,
        var name when name.StartsWith("io.opentelemetry.", StringComparison.Ordinal) => ClientFamily.Java,
        var name when name.StartsWith("opentelemetry.instrumentation.", StringComparison.Ordinal) => ClientFamily.Python,
        var name when name.StartsWith("@opentelemetry/", StringComparison.Ordinal) => ClientFamily.Node,
        _ => ClientFamily.Other,
    };

    private static string Producer(ClientFamily client) => client switch
    {
        ClientFamily.Java => "java -javaagent:opentelemetry-javaagent.jar -jar app.jar",
        ClientFamily.Python => "ConfluentKafkaInstrumentor().instrument()  # before the producer is made",
        ClientFamily.Node => "registerInstrumentations({ instrumentations: [new KafkaJsInstrumentation()] });  // before kafkajs is required",
        _ => "using var producer = new TracingProducerBuilder<string, string>(config).Build();",
    };

    private static string Consumer(ClientFamily client) => client switch
    {
        ClientFamily.Throughline => "using (var scope = consumer.StartProcess(record)) { … }",
        ClientFamily.DotNet => "await consumer.ConsumeAndProcessMessageAsync(handler, cancellationToken);",
        ClientFamily.Java => "OTEL_PROPAGATORS=tracecontext,baggage  # and handle records while iterating over them, on the polling thread",
        ClientFamily.Python => "consumer = ConfluentKafkaInstrumentor().instrument_consumer(consumer)",
        ClientFamily.Node => "registerInstrumentations({ instrumentations: [new KafkaJsInstrumentation()] });  // before kafkajs is required",
        _ => "context = propagator.extract(record.headers); start the CONSUMER span with context as its parent, or linked to it",
    };

    private static string Forwarder(ClientFamily client) => client switch
    {
        ClientFamily.Java => "record.headers().remove(\"traceparent\").remove(\"tracestate\");",
        ClientFamily.Python => "headers = [(k, v) for k, v in headers if k not in (\"traceparent\", \"tracestate\")]",
        ClientFamily.Node => "delete message.headers.traceparent; delete message.headers.tracestate;",
        _ => "headers.Remove(\"traceparent\"); headers.Remove(\"tracestate\");",
    };
}
