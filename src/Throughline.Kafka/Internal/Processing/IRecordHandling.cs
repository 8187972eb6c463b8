using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>What a worker does with the records it has taken: the user's handler, inside their scopes, and what follows its failures.</summary>
internal interface IRecordHandling<TKey, TValue>
{
    /// <summary>What it takes at a time.</summary>
    Take Take { get; }

    /// <summary>It wants the original bytes of records.</summary>
    bool KeepsOriginals => false;

    /// <summary>It knows what to do with a record that a deserializer refused; else that ends the loop.</summary>
    bool TakesUnreadable => false;

    /// <summary>When the record may be handled; <see langword="null"/>: at once.</summary>
    DateTimeOffset? NotBefore(ConsumeResult<TKey, TValue> result);

    /// <summary>Handles the records and says of each how it ended. Never throws.</summary>
    Task HandleAsync(IReadOnlyList<PendingRecord<TKey, TValue>> records);
}
