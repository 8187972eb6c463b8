namespace Throughline.Kafka;

/// <summary>Parts of a record that a <see cref="RedactionRule"/> is applied to.</summary>
[Flags]
public enum RedactionTargets
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Keys.</summary>
    Keys = 1,

    /// <summary>The values of headers.</summary>
    Headers = 2,

    /// <summary>Payloads.</summary>
    Payloads = 4,

    /// <summary>Keys, headers and payloads.</summary>
    All = Keys | Headers | Payloads,
}
