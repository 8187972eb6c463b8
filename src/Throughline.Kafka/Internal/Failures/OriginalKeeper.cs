namespace Throughline.Kafka.Internal.Failures;

/// <summary>
/// Keeps the bytes of the record that one consumer is just deserializing. Consume deserializes on the thread that calls it,
/// so what is taken right after it returned is that record's. Off, and free of copies, until processing asks for it.
/// </summary>
internal sealed class OriginalKeeper
{
    private byte[]? _key;
    private byte[]? _value;

    internal bool IsOn { get; private set; }

    /// <summary>By whoever calls Consume, before the first.</summary>
    internal void Keep(bool isWanted) => IsOn = isWanted;

    internal void KeepKey(ReadOnlySpan<byte> data, bool isNull) => _key = isNull ? null : data.ToArray();

    internal void KeepValue(ReadOnlySpan<byte> data, bool isNull) => _value = isNull ? null : data.ToArray();

    /// <summary><see langword="null"/> while nobody wants them.</summary>
    internal OriginalBytes? Take()
    {
        if (!IsOn)
        {
            return null;
        }

        var taken = new OriginalBytes(_key, _value);
        _key = null;
        _value = null;
        return taken;
    }
}
