using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>Why a transaction cannot go on, and whether its records can be tried again by the same producer.</summary>
internal sealed record Breach(Exception Cause, bool CanGoBack)
{
    /// <summary>The partitions are somebody else's: the records come again wherever they are now, so it is nobody's failure.</summary>
    internal bool IsRebalance => Cause is KafkaException
    {
        Error.Code: ErrorCode.IllegalGeneration or ErrorCode.UnknownMemberId or ErrorCode.RebalanceInProgress
            or ErrorCode.StaleMemberEpoch or ErrorCode.FencedMemberEpoch or ErrorCode.Local_AssignmentLost
    };

    internal static Breach Lost => new(new KafkaException(ErrorCode.Local_AssignmentLost), CanGoBack: true);

    /// <summary>Something before the commit failed: nothing of the transaction can have taken effect.</summary>
    internal static Breach BeforeCommit(Exception cause) => new(cause, !IsFatal(cause));

    /// <summary>The commit failed. Unless the client asks for an abort, whether it has taken effect is not known.</summary>
    internal static Breach OfCommit(Exception cause) => new(cause, cause is KafkaTxnRequiresAbortException && !IsFatal(cause));

    private static bool IsFatal(Exception cause) =>
        cause is KafkaException { Error: { } error } && (error.IsFatal || error.Code is ErrorCode.Local_Fatal or ErrorCode.Local_Fenced);
}
