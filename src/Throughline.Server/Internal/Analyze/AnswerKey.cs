using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>A question, as far as its answer depends on it.</summary>
/// <param name="Kind">Which analysis.</param>
/// <param name="Filter">Of <see cref="InMinutes"/>.</param>
/// <param name="By">Of what a row is, where there is a choice.</param>
/// <param name="Point">How long a point is, where it is asked for.</param>
internal readonly record struct AnswerKey(string Kind, AnswerFilter Filter, LatencyBy By = default, RollupTier? Point = null)
{
    private const long MinuteNs = 60_000_000_000;

    /// <summary>The same filter with the whole minutes that its answer is about: who asks of the last hour a second later asks the same.</summary>
    public static AnswerFilter InMinutes(AnswerFilter filter)
    {
        var (from, to) = (filter.Range.FromUnixNs, filter.Range.ToUnixNs);
        var past = to % MinuteNs;
        return filter with
        {
            Range = new TimeRange(
                from - (from % MinuteNs), past == 0 || to > long.MaxValue - MinuteNs ? to : to - past + MinuteNs),
        };
    }
}
