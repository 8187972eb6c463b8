namespace Throughline.Server.Internal.Api;

/// <summary>How a parameter is written.</summary>
internal enum ParameterType
{
    Text = 0,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A duration with its unit: <c>500ms</c>.</summary>
    Duration,

    /// <summary>RFC 3339, Unix nanoseconds, <c>now</c>, or a duration before now: <c>-15m</c>.</summary>
    Time,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>Hex digits of a trace id.</summary>
    TraceId,

    /// <summary><c>name=value</c>.</summary>
    Pair,
}
