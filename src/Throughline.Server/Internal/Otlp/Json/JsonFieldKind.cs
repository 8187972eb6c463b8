namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>How a field's JSON becomes protobuf.</summary>
internal enum JsonFieldKind
{
    Text = 0,

    /// <summary>Bytes in base64, as protobuf's JSON has them.</summary>
    Base64,

    /// <summary>Bytes in hex, as OTLP has ids.</summary>
    Hex,

    /// <summary>A number or its name.</summary>
    Enum,
    Bool,

    /// <summary>Whole numbers of any width, written as varint; number or string in JSON.</summary>
    Varint,

    /// <summary>The same, written as fixed64.</summary>
    Fixed64,

    /// <summary>The same, written as fixed32.</summary>
    Fixed32,
    Double,
    Message,
}
