using System.Collections.Frozen;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Whether a send that failed surely stored nothing.</summary>
internal static class SendErrors
{
    private const string Java = "org.apache.kafka.common.errors.";

    // Named one by one: of an error that nobody knows, as of a timeout, the record may be stored even so; and what belonged
    // to a transaction that was given up is no loss.
    private static readonly FrozenSet<string> Refusals = FrozenSet.ToFrozenSet(
        [
            "MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE", "INVALID_RECORD", "CORRUPT_MESSAGE", "INVALID_TIMESTAMP",
            "INVALID_REQUIRED_ACKS", "INVALID_TOPIC_EXCEPTION", "UNKNOWN_TOPIC_OR_PARTITION", "UNKNOWN_TOPIC_ID",
            "TOPIC_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED", "TRANSACTIONAL_ID_AUTHORIZATION_FAILED",
            "SASL_AUTHENTICATION_FAILED", "NOT_ENOUGH_REPLICAS", "POLICY_VIOLATION", "UNSUPPORTED_FOR_MESSAGE_FORMAT",
            "UNSUPPORTED_COMPRESSION_TYPE", "_UNKNOWN_TOPIC", "_UNKNOWN_PARTITION", "_INVALID_ARG", "_QUEUE_FULL", "_BAD_MSG",
            "_KEY_SERIALIZATION", "_VALUE_SERIALIZATION", "_AUTHENTICATION",
            Java + "RecordTooLargeException", Java + "RecordBatchTooLargeException", Java + "InvalidTopicException",
            Java + "TopicAuthorizationException", Java + "UnknownTopicOrPartitionException", Java + "SerializationException",
            Java + "NotEnoughReplicasException", Java + "InvalidRequiredAcksException", Java + "CorruptRecordException",
            Java + "InvalidTimestampException", Java + "PolicyViolationException", Java + "ClusterAuthorizationException",
        ]);

    /// <summary>The broker, or the client before it sent anything, said that this record is not taken.</summary>
    public static bool IsRefusal(string errorType) => Refusals.Contains(errorType);
}
