using Confluent.Kafka;

namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>How a hosted consumer is, at a moment.</summary>
/// <param name="Phase">Where it is in its life.</param>
/// <param name="Options">Its settings.</param>
/// <param name="Failure">What ended it, and where.</param>
/// <param name="HasJoined">Its group has given it partitions, or none, once at least.</param>
/// <param name="Partitions">How many it has.</param>
/// <param name="RecordsBehind">Records between it and the ends of those partitions whose end is known.</param>
/// <param name="SinceLastPoll">How long ago the client was asked for records.</param>
/// <param name="FatalError">Why the client does nothing any more.</param>
/// <param name="BrokersAreAway">No broker answers.</param>
internal sealed record ConsumerStatus(
    ConsumerPhase Phase,
    KafkaConsumerOptions? Options,
    string? Failure = null,
    bool HasJoined = false,
    int Partitions = 0,
    long RecordsBehind = 0,
    TimeSpan? SinceLastPoll = null,
    Error? FatalError = null,
    bool BrokersAreAway = false);
