using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>Who set a record's timestamp, as attributes tell it.</summary>
internal static class TimestampTypeText
{
    internal static string Of(TimestampType type) =>
        type == TimestampType.CreateTime ? nameof(TimestampType.CreateTime) : nameof(TimestampType.LogAppendTime);
}
