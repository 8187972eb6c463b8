using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Analyze.Compare;

/// <summary>Counts what the spans of two sides say.</summary>
internal sealed class ValueTallies(Func<SpanFacts, bool> isSlow)
{
    private readonly Dictionary<(Field Field, string Value), ValueTally> _tallies = [];

    // Seeded: the same question has the same answer.
    private readonly Random _numbers = new(1);

    public IReadOnlyDictionary<(Field Field, string Value), ValueTally> Values => _tallies;

    /// <summary>All spans, as if they were a value that each has.</summary>
    public ValueTally Total { get; } = new();

    public void Add(IReadOnlyList<StoredSpan> spans, bool isA)
    {
        foreach (var span in spans)
        {
            var slow = isSlow(span.Facts);
            var number = (ulong)_numbers.NextInt64();
            Total.Add(isA, slow, number);
            foreach (var value in SpanValues.Of(span))
            {
                if (!_tallies.TryGetValue(value, out var tally))
                {
                    _tallies.Add(value, tally = new ValueTally());
                }

                tally.Add(isA, slow, number);
            }
        }
    }
}
