namespace Throughline.Kafka.Internal.Processing;

/// <summary>Tells a batch's handler to give up when that of one of its partitions is told.</summary>
internal sealed class BatchToken : IDisposable
{
    private readonly CancellationTokenSource? _linked;

    private BatchToken(CancellationToken[] tokens)
    {
        if (tokens.Length == 1)
        {
            Token = tokens[0];
        }
        else
        {
            _linked = CancellationTokenSource.CreateLinkedTokenSource(tokens);
            Token = _linked.Token;
        }
    }

    internal CancellationToken Token { get; }

    internal static BatchToken Of<TKey, TValue>(IReadOnlyList<PendingRecord<TKey, TValue>> records) =>
        new([.. records.Select(record => record.Partition).Distinct().Select(partition => partition.Token)]);

    public void Dispose() => _linked?.Dispose();
}
