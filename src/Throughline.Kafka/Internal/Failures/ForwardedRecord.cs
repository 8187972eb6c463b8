using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>
/// A record on its way to a retry or dead-letter topic. Where it is too large, what it says of its failure goes before its
/// trace headers do.
/// </summary>
internal sealed class ForwardedRecord : Message<byte[], byte[]>, IKeepsTraceHeaders;
