namespace Throughline.Server.Internal.Assemble;

/// <summary>Who wrote a span, as far as advice differs.</summary>
internal enum ClientFamily
{
    Other = 0,
    Throughline,

    /// <summary>OpenTelemetry's .NET instrumentation of Confluent.Kafka.</summary>
    DotNet,
    Java,
    Python,
    Node,
}
