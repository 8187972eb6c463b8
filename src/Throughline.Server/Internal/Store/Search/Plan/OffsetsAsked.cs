using System.Globalization;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Store.Terms;

namespace Throughline.Server.Internal.Store.Search.Plan;

/// <summary>What a conjunction says of offsets: with topic and partition it is about records, or a range of them.</summary>
internal static class OffsetsAsked
{
    /// <summary>Null where it does not name topic, partition and offset.</summary>
    public static PlanNode? In(IReadOnlyList<Condition> conjunction)
    {
        string? topic = null;
        int? partition = null;
        long least = long.MinValue, greatest = long.MaxValue;
        foreach (var compare in conjunction.OfType<Condition.Compare>())
        {
            switch (compare.Field.Known)
            {
                case WellKnownField.Topic when compare.Comparison == Comparison.Equal && !IsAnotherNumber(compare.Value.Text):
                    topic = compare.Value.Text;
                    break;
                case WellKnownField.Partition when compare.Comparison == Comparison.Equal && compare.Value.Number is >= 0 and <= int.MaxValue and var number:
                    partition = (int)number;
                    break;
                case WellKnownField.Offset when compare.Value.Number is { } offset:
                    Narrow(compare.Comparison, offset, ref least, ref greatest);
                    break;
            }
        }

        if (topic is null || partition is not { } known || (least == long.MinValue && greatest == long.MaxValue))
        {
            return null;
        }

        // Another form of the number would be cut to a whole one: then it is a range around it.
        return least == greatest
            ? new HasTerm([Term.Record(topic, known, least)])
            : new HasOffset(new RecordRange(topic, known, Math.Max(least, 0), greatest));
    }

    private static void Narrow(Comparison comparison, double offset, ref long least, ref long greatest)
    {
        var below = offset <= long.MinValue ? long.MinValue : offset >= long.MaxValue ? long.MaxValue : (long)Math.Floor(offset);
        var above = offset <= long.MinValue ? long.MinValue : offset >= long.MaxValue ? long.MaxValue : (long)Math.Ceiling(offset);
        if (comparison is Comparison.Greater or Comparison.GreaterOrEqual or Comparison.Equal)
        {
            least = Math.Max(least, below);
        }

        if (comparison is Comparison.Less or Comparison.LessOrEqual or Comparison.Equal)
        {
            greatest = Math.Min(greatest, above);
        }
    }

    // A topic named 7 is found by 07, too, and then has other terms.
    private static bool IsAnotherNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
        && whole.ToString(CultureInfo.InvariantCulture) != text;
}
