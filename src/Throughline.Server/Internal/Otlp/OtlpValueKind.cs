namespace Throughline.Server.Internal.Otlp;

/// <summary>What an attribute's value is.</summary>
internal enum OtlpValueKind
{
    /// <summary>No value was set, which OTLP allows.</summary>
    Empty = 0,
    Text,
    Bool,
    Int,
    Double,
    Array,

    /// <summary>KeyValueList.</summary>
    Map,
    Binary,
}
