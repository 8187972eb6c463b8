namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>The two ways in which the world writes OTLP's messages as JSON.</summary>
internal enum OtlpJsonForm
{
    /// <summary>OTLP's own: ids in hex, enums as numbers.</summary>
    Otlp = 0,

    /// <summary>Protobuf's mapping, as Tempo answers: ids in base64, enums by name.</summary>
    Protobuf,
}
