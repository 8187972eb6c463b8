using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Capture;

/// <summary>Reads key and value of a message whose types are known, for who does not know them.</summary>
internal abstract class RecordContent
{
    internal abstract object? KeyOf(MessageMetadata message);

    internal abstract object? ValueOf(MessageMetadata message);
}
