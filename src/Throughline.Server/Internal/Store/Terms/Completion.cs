using System.Text;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>
/// A segment's attribute names and their values, for completion. Bounded: names and values beyond the bound are not listed
/// (they are found by a search all the same).
/// </summary>
internal sealed class Completion
{
    public const int NamesMax = 2_000;
    public const int ValuesPerNameMax = 300;
    public const int ValueBytesMax = 200;
    public const int None = -1;

    private readonly Dictionary<ulong, int> _nameIds = [];
    private readonly Dictionary<ulong, int> _valueIds = [];
    private readonly List<NameCount> _names = [];
    private readonly List<ValueCount> _values = [];

    public IReadOnlyList<NameCount> Names => _names;

    public IReadOnlyList<ValueCount> Values => _values;

    /// <summary>A tag for <see cref="TermTable.Tag"/> under which a term's spans are counted, or <see cref="None"/>.</summary>
    /// <param name="key">The name, hashed.</param>
    /// <param name="term">Name and value, hashed.</param>
    /// <param name="name">UTF-8.</param>
    /// <param name="value">UTF-8.</param>
    public int Tag(ulong key, ulong term, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_valueIds.TryGetValue(term, out var known))
        {
            return known;
        }

        if (!_nameIds.TryGetValue(key, out var nameId))
        {
            if (_names.Count == NamesMax || name.Length > ValueBytesMax)
            {
                return None;
            }

            nameId = _names.Count;
            _names.Add(new NameCount(Encoding.UTF8.GetString(name)));
            _nameIds.Add(key, nameId);
        }

        var counted = _names[nameId];
        if (counted.Values == ValuesPerNameMax || value.Length > ValueBytesMax)
        {
            // Even values: the values' tags. Odd ones: names whose values are too many to list, or this one too long.
            return (nameId << 1) | 1;
        }

        counted.Values++;
        var tag = _values.Count << 1;
        _values.Add(new ValueCount(nameId, Encoding.UTF8.GetString(value)));
        _valueIds.Add(term, tag);
        return tag;
    }

    public void Count(int tag, int spans)
    {
        if ((tag & 1) == 1)
        {
            _names[tag >> 1].Spans += spans;
            return;
        }

        var value = _values[tag >> 1];
        value.Spans += spans;
        _names[value.Name].Spans += spans;
    }

    internal sealed class NameCount(string name)
    {
        public string Name => name;

        public int Values { get; set; }

        public long Spans { get; set; }
    }

    internal sealed class ValueCount(int name, string value)
    {
        /// <summary>Index of the name.</summary>
        public int Name => name;

        public string Value => value;

        public long Spans { get; set; }
    }
}
