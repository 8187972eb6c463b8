namespace Throughline.Server.Internal.Spans;

/// <summary>OTLP's numbers.</summary>
internal enum SpanStatus : byte
{
    Unset = 0,
    Ok = 1,
    Error = 2,
}
