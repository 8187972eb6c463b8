using System.Collections;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>What a send within a transaction starts with: the attributes of its shape, and the transaction's.</summary>
internal sealed class TransactionTags(IEnumerable<KeyValuePair<string, object?>> shape, KeyValuePair<string, object?>[] transaction)
    : IEnumerable<KeyValuePair<string, object?>>
{
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        foreach (var tag in shape)
        {
            yield return tag;
        }

        foreach (var tag in transaction)
        {
            yield return tag;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
