using Confluent.Kafka;
using Throughline.Kafka.Internal;

namespace Throughline.Kafka.Tests;

public class KafkaErrorNamesTests
{
    [Theory]
    [InlineData(ErrorCode.UnknownTopicOrPart, "UNKNOWN_TOPIC_OR_PARTITION")]
    [InlineData(ErrorCode.MsgSizeTooLarge, "MESSAGE_TOO_LARGE")]
    [InlineData(ErrorCode.NotLeaderForPartition, "NOT_LEADER_OR_FOLLOWER")]
    [InlineData(ErrorCode.OffsetOutOfRange, "OFFSET_OUT_OF_RANGE")]
    [InlineData(ErrorCode.NotEnoughReplicasAfterAppend, "NOT_ENOUGH_REPLICAS_AFTER_APPEND")]
    [InlineData(ErrorCode.Unknown, "UNKNOWN_SERVER_ERROR")]
    [InlineData(ErrorCode.Local_QueueFull, "_QUEUE_FULL")]
    [InlineData(ErrorCode.Local_MsgTimedOut, "_MSG_TIMED_OUT")]
    [InlineData(ErrorCode.Local_PurgeInflight, "_PURGE_INFLIGHT")]
    [InlineData(ErrorCode.Local_PartitionEOF, "_PARTITION_EOF")]
    [InlineData((ErrorCode)4711, "4711")]
    public void Error_is_named_as_in_the_protocol(ErrorCode code, string name) => Assert.Equal(name, KafkaErrorNames.Of(code));

    [Fact]
    public void Every_code_of_the_client_has_a_name_in_the_protocols_form() =>
        Assert.All(Enum.GetValues<ErrorCode>(), code => Assert.Matches("^_?[A-Z]+(_[A-Z0-9]+)*$", KafkaErrorNames.Of(code)));
}
