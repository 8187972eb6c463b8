using System.Runtime.CompilerServices;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>
/// Which group a consumer's metadata is of. The client's own object does not tell, and it is all that a producer is given
/// of the consumer whose offsets it sends.
/// </summary>
internal static class GroupNames
{
    // Weak: an entry goes with its metadata.
    private static readonly ConditionalWeakTable<IConsumerGroupMetadata, string> Names = [];

    internal static IConsumerGroupMetadata Note(IConsumerGroupMetadata metadata, string? group)
    {
        if (metadata is not null && group is not null)
        {
            Names.AddOrUpdate(metadata, group);
        }

        return metadata!;
    }

    /// <summary><see langword="null"/> where the metadata did not come from a tracing consumer whose group is known.</summary>
    internal static string? Of(IConsumerGroupMetadata? metadata) =>
        metadata is not null && Names.TryGetValue(metadata, out var group) ? group : null;
}
