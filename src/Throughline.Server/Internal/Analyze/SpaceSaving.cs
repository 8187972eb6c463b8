namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// The most frequent of many values in bounded memory: a value that is new when all places are taken takes the least
/// frequent one's, with its count as what may be too much. So no count is too small, and every value that makes up more
/// than one in <c>max</c> is there.
/// </summary>
/// <remarks>After Metwally, Agrawal, El Abbadi: "Efficient computation of frequent and top-k elements" (ICDT 2005).</remarks>
internal sealed class SpaceSaving(int max)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<SpaceSavingCount> _counts = [];

    /// <summary>Of all values that were added.</summary>
    public double Total { get; private set; }

    /// <summary>How often anything was added.</summary>
    public long Seen { get; private set; }

    public IReadOnlyList<SpaceSavingCount> Counts => _counts;

    public void Add(string value, double weight)
    {
        Total += weight;
        Seen++;
        if (_places.TryGetValue(value, out var place))
        {
            var there = _counts[place];
            _counts[place] = there with { Count = there.Count + weight, Seen = there.Seen + 1 };
            return;
        }

        if (_counts.Count < max)
        {
            _places.Add(value, _counts.Count);
            _counts.Add(new SpaceSavingCount(value, weight, 0, 1));
            return;
        }

        place = Least();
        var least = _counts[place];
        _places.Remove(least.Value);
        _places.Add(value, place);
        _counts[place] = new SpaceSavingCount(value, least.Count + weight, least.Count, 1);
    }

    private int Least()
    {
        var least = 0;
        for (var i = 1; i < _counts.Count; i++)
        {
            if (_counts[i].Count < _counts[least].Count)
            {
                least = i;
            }
        }

        return least;
    }
}
