using System.Collections;
using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka;

/// <summary>The records that a handler is given at a time, each partition's in order.</summary>
/// <remarks>Its members may be called from several flows at a time, but not after the handler has ended.</remarks>
/// <typeparam name="TKey">The type of keys.</typeparam>
/// <typeparam name="TValue">The type of values.</typeparam>
public sealed class RecordBatch<TKey, TValue> : IReadOnlyList<ConsumeResult<TKey, TValue>>
{
    private readonly TracingConsumer<TKey, TValue> _consumer;
    private readonly ConsumeResult<TKey, TValue>[] _records;
    private readonly Lock _lock = new();
    private readonly Dictionary<ConsumeResult<TKey, TValue>, Exception> _failures = [];
    private readonly Dictionary<ConsumeResult<TKey, TValue>, ProcessScope> _scopes = [];

    internal RecordBatch(TracingConsumer<TKey, TValue> consumer, IEnumerable<ConsumeResult<TKey, TValue>> records)
    {
        _consumer = consumer;
        _records = [.. records];
    }

    /// <summary>How many records there are: one or more.</summary>
    public int Count => _records.Length;

    /// <inheritdoc/>
    public ConsumeResult<TKey, TValue> this[int index] => _records[index];

    /// <summary>Opens a record's own scope, as <see cref="TracingConsumer{TKey,TValue}.StartProcess"/> does.</summary>
    /// <param name="record">A record of this batch.</param>
    /// <exception cref="ArgumentException">It is of another batch.</exception>
    public ProcessScope StartProcess(ConsumeResult<TKey, TValue> record)
    {
        ThrowUnlessMine(record);
        var scope = _consumer.StartProcess(record);
        lock (_lock)
        {
            _scopes[record] = scope;
        }

        return scope;
    }

    /// <summary>
    /// Says that this record failed and the others did not: they are done, and it goes the way of failed records. Its own scope,
    /// if it is open, is told.
    /// </summary>
    /// <param name="record">A record of this batch.</param>
    /// <param name="error">Why.</param>
    /// <exception cref="ArgumentException">It is of another batch.</exception>
    public void Fail(ConsumeResult<TKey, TValue> record, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        ThrowUnlessMine(record);
        lock (_lock)
        {
            _failures[record] = error;
            _scopes.GetValueOrDefault(record)?.Fail(error);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<ConsumeResult<TKey, TValue>> GetEnumerator() => _records.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Why this record failed; <see langword="null"/> if it did not.</summary>
    internal Exception? FailureOf(ConsumeResult<TKey, TValue> record)
    {
        lock (_lock)
        {
            return _failures.GetValueOrDefault(record);
        }
    }

    /// <summary>The span of the scope that the handler opened for this record, if it did.</summary>
    internal Activity? SpanOf(ConsumeResult<TKey, TValue> record)
    {
        lock (_lock)
        {
            return _scopes.GetValueOrDefault(record)?.Activity;
        }
    }

    /// <summary>Forgets what the last attempt said.</summary>
    internal void Forget()
    {
        lock (_lock)
        {
            _failures.Clear();
            _scopes.Clear();
        }
    }

    private void ThrowUnlessMine(ConsumeResult<TKey, TValue> record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (Array.IndexOf(_records, record) < 0)
        {
            throw new ArgumentException($"The record {record.TopicPartitionOffset} is not of this batch; allowed: one of its {Count}.", nameof(record));
        }
    }
}
