namespace Throughline.Server.Internal.Receive;

/// <summary>In what form a request says what it says.</summary>
internal enum PayloadForm
{
    /// <summary>OTLP's own.</summary>
    Protobuf = 0,

    /// <summary>OTLP's JSON.</summary>
    Json,

    /// <summary>Zipkin's v2 JSON.</summary>
    Zipkin,
}
