using System.Collections.Concurrent;
using System.Text;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>
/// <c>error.type</c> of a Kafka error: a broker's error by its name in the protocol
/// (https://kafka.apache.org/protocol#protocol_error_codes), a local one by librdkafka's name, such as <c>_QUEUE_FULL</c>.
/// </summary>
internal static class KafkaErrorNames
{
    // Where the client's enum is not the protocol's name in another case.
    private static readonly Dictionary<ErrorCode, string> Renamed = new()
    {
        [ErrorCode.Unknown] = "UNKNOWN_SERVER_ERROR",
        [ErrorCode.InvalidMsg] = "CORRUPT_MESSAGE",
        [ErrorCode.UnknownTopicOrPart] = "UNKNOWN_TOPIC_OR_PARTITION",
        [ErrorCode.InvalidMsgSize] = "INVALID_FETCH_SIZE",
        [ErrorCode.NotLeaderForPartition] = "NOT_LEADER_OR_FOLLOWER",
        [ErrorCode.MsgSizeTooLarge] = "MESSAGE_TOO_LARGE",
        [ErrorCode.StaleCtrlEpoch] = "STALE_CONTROLLER_EPOCH",
        [ErrorCode.GroupLoadInProgress] = "COORDINATOR_LOAD_IN_PROGRESS",
        [ErrorCode.GroupCoordinatorNotAvailable] = "COORDINATOR_NOT_AVAILABLE",
        [ErrorCode.NotCoordinatorForGroup] = "NOT_COORDINATOR",
        [ErrorCode.TopicException] = "INVALID_TOPIC_EXCEPTION",
        [ErrorCode.InvalidProducerIdMapping] = "INVALID_PRODUCER_ID_MAPPING",
        [ErrorCode.DelegationTokenOwnerMismatch] = "DELEGATION_TOKEN_OWNER_MISMATCH",
        [ErrorCode.InvalidGroupId] = "INVALID_GROUP_ID",
        [ErrorCode.Local_CritSysResource] = "_CRIT_SYS_RESOURCE",
        [ErrorCode.Local_PartitionEOF] = "_PARTITION_EOF",
        [ErrorCode.Local_FS] = "_FS",
        [ErrorCode.Local_NoEnt] = "_NOENT",
    };

    // Bounded by the number of error codes there are.
    private static readonly ConcurrentDictionary<ErrorCode, string> Names = new();

    internal static string Of(ErrorCode code) => Names.GetOrAdd(code, Derive);

    /// <summary><c>error.type</c> of an exception: the Kafka error in it, else the exception's type.</summary>
    internal static string Of(Exception exception) => exception is KafkaException kafka
        ? Of(kafka.Error.Code)
        : exception.GetType().FullName ?? exception.GetType().Name;

    /// <summary><c>error.type</c> of a report: <see langword="null"/> when it reports no error.</summary>
    internal static string? OfFailure(Error? error) => error is { IsError: true } ? Of(error.Code) : null;

    private static string Derive(ErrorCode code)
    {
        if (Renamed.TryGetValue(code, out var name))
        {
            return name;
        }

        name = code.ToString();
        if (char.IsAsciiDigit(name[^1]))
        {
            // A code newer than the client: its number is all there is.
            return name;
        }

        const string local = "Local_";
        var isLocal = name.StartsWith(local, StringComparison.Ordinal);
        var upper = UpperSnake(isLocal ? name.AsSpan(local.Length) : name);
        return isLocal ? "_" + upper : upper;
    }

    private static string UpperSnake(ReadOnlySpan<char> pascal)
    {
        var upper = new StringBuilder(pascal.Length + 8);
        for (var i = 0; i < pascal.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(pascal[i]) && !char.IsAsciiLetterUpper(pascal[i - 1]))
            {
                upper.Append('_');
            }

            upper.Append(char.ToUpperInvariant(pascal[i]));
        }

        return upper.ToString();
    }
}
