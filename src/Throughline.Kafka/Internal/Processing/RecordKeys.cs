namespace Throughline.Kafka.Internal.Processing;

/// <summary>Tells equal keys by their hash, for keys whose type can.</summary>
internal static class RecordKeys<TKey>
{
    private static readonly bool IsComparable = typeof(TKey) == typeof(byte[]) || typeof(IEquatable<TKey>).IsAssignableFrom(typeof(TKey));

    /// <exception cref="InvalidOperationException">Keys of this type compare as objects, or there are none.</exception>
    internal static void ThrowIfUnfit()
    {
        if (!IsComparable)
        {
            throw new InvalidOperationException(
                $"{nameof(ProcessingOptions.Order)} is {nameof(ProcessingOrder.Key)}, but keys of type {typeof(TKey)} cannot be told "
                + "apart by value; allowed: byte[], or a type that implements IEquatable of itself, such as string, long or a record.");
        }
    }

    /// <summary>False where there is no key.</summary>
    internal static bool TryHash(TKey key, out int hash)
    {
        if (key is null)
        {
            hash = 0;
            return false;
        }

        if (key is byte[] bytes)
        {
            var content = default(HashCode);
            content.AddBytes(bytes);
            hash = content.ToHashCode();
        }
        else
        {
            hash = key.GetHashCode();
        }

        return true;
    }
}
