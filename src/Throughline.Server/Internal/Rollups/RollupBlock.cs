namespace Throughline.Server.Internal.Rollups;

/// <summary>The values of a family's series in one span of time: what is written as one row.</summary>
internal sealed class RollupBlock
{
    private readonly Dictionary<int, RollupValue> _values = [];

    public IReadOnlyDictionary<int, RollupValue> Values => _values;

    public RollupValue Value(int series)
    {
        if (!_values.TryGetValue(series, out var value))
        {
            _values.Add(series, value = new RollupValue());
        }

        return value;
    }

    public void Add(RollupBlock other)
    {
        foreach (var (series, value) in other._values)
        {
            Value(series).Add(value);
        }
    }

    /// <summary>Adds what <see cref="Write"/> wrote.</summary>
    public void Add(ReadOnlySpan<byte> written)
    {
        var reader = new RollupBlockReader(written);
        while (reader.Next(out var series))
        {
            reader.AddTo(Value(series));
        }
    }

    public void Write(ByteWriter to, ByteWriter scratch)
    {
        var previous = 0;
        foreach (var (series, value) in _values.OrderBy(static pair => pair.Key))
        {
            scratch.Clear();
            value.Write(scratch);
            to.Varint((ulong)(series - previous));
            to.Varint((ulong)scratch.Length);
            to.Bytes(scratch.Written);
            previous = series;
        }
    }
}
