using System.Diagnostics;

namespace Throughline.Kafka.Internal;

/// <summary>One row of the conventions' operation table: names, span kind, and the name that v1.24 gave it.</summary>
internal sealed record Operation(string Name, string Type, ActivityKind Kind, string NameInV124)
{
    internal static readonly Operation Send = new("send", "send", ActivityKind.Producer, "publish");

    /// <summary>A send that carries a context somebody else created: it does not inject its own.</summary>
    internal static readonly Operation SendCreated = Send with { Kind = ActivityKind.Client };

    internal static readonly Operation Poll = new("poll", "receive", ActivityKind.Client, "receive");
    internal static readonly Operation Process = new("process", "process", ActivityKind.Consumer, "process");
    internal static readonly Operation Commit = new("commit", "settle", ActivityKind.Client, "settle");

    /// <summary>What ends a producer's transaction; the conventions have no name for it. See RATIONALE.</summary>
    internal static readonly Operation CommitTransaction = Commit with { Name = "commit_transaction" };
    internal static readonly Operation AbortTransaction = Commit with { Name = "abort_transaction" };
}
