using System.Runtime.CompilerServices;
using Confluent.Kafka;

namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>Which record an exception that ends processing is about: the exception itself does not say, and is not changed.</summary>
internal sealed class FailurePlaces
{
    private readonly ConditionalWeakTable<Exception, TopicPartitionOffset> _places = [];

    internal void Note(Exception failure, TopicPartitionOffset place) => _places.AddOrUpdate(failure, place);

    /// <summary>The record's place, or words for there being none.</summary>
    internal string Of(Exception failure) => failure switch
    {
        _ when _places.TryGetValue(failure, out var place) => place.ToString(),
        BatchFailedException { Failures: [var first, ..] } => first.Key.ToString(),
        ConsumeException { ConsumerRecord.TopicPartitionOffset: { Topic: not null } place } => place.ToString(),
        ForwardException forward when _places.TryGetValue(forward.Failure, out var place) => place.ToString(),
        _ => "no record in particular",
    };
}
