namespace Throughline.Kafka.Internal.Failures;

/// <summary>A record's key and value as they came from the broker; typed results have lost them.</summary>
internal readonly record struct OriginalBytes(byte[]? Key, byte[]? Value);
