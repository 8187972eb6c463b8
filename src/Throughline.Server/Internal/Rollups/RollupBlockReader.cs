namespace Throughline.Server.Internal.Rollups;

/// <summary>Reads the values of a written block; those that nobody wants are skipped, not decoded.</summary>
internal ref struct RollupBlockReader(ReadOnlySpan<byte> written)
{
    private ByteReader _from = new(written);
    private ReadOnlySpan<byte> _value;
    private int _series;

    public bool Next(out int series)
    {
        if (_from.IsAtEnd)
        {
            series = 0;
            return false;
        }

        _series += (int)_from.Varint();
        _value = _from.Bytes((int)_from.Varint());
        series = _series;
        return true;
    }

    /// <summary>Adds the value of the series that <see cref="Next"/> told of.</summary>
    public readonly void AddTo(RollupValue value)
    {
        var reader = new ByteReader(_value);
        value.Read(ref reader);
    }

    /// <summary>Adds only its count.</summary>
    public readonly void AddCountTo(RollupValue value)
    {
        var reader = new ByteReader(_value);
        value.ReadCount(ref reader);
    }
}
