namespace Throughline.Server.Internal.Otlp;

/// <summary>How protobuf wrote a field: the low three bits of its tag. Groups (3 and 4) were never part of OTLP.</summary>
internal enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
