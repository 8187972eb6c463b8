using System.Text;
using Throughline.Dashboard.Internal.Charts;
using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>When spans began, and how long they took: a dot each.</summary>
/// <param name="Time">From left to right.</param>
/// <param name="Axis">From the foot to the top.</param>
/// <param name="Dots">Those that did not fail, as a path of strokes without length.</param>
/// <param name="Errors">Those that did.</param>
/// <param name="Slowest">The slowest, each with its place, to be clicked.</param>
internal sealed record ScatterPlot(
    TimeRange Time, ValueAxis Axis, string Dots, string Errors, IReadOnlyList<(SpanFacts Span, double Value, string Dot)> Slowest)
{
    public const double Width = 600;
    public const double Height = 180;

    private const int SlowestMax = 20;

    /// <param name="spans">With what is shown of each, nanoseconds; at least one.</param>
    public static ScatterPlot Of(IReadOnlyList<(SpanFacts Span, double Value)> spans)
    {
        // As wide as what is there: an hour with a second's spans in it would be a line.
        var (first, last) = (spans.Min(one => one.Span.StartUnixNs), spans.Max(one => one.Span.StartUnixNs));
        var margin = Math.Max(1, (last - first) / 50);
        var time = new TimeRange(first - margin, last + margin + 1);
        var axis = ValueAxis.Of(spans.Select(one => one.Value));
        var (dots, errors) = (new StringBuilder(), new StringBuilder());
        foreach (var (span, value) in spans)
        {
            (span.Status == SpanStatus.Error ? errors : dots).Append(Dot(time, axis, span, value));
        }

        return new ScatterPlot(time, axis, dots.ToString(), errors.ToString(), [
            .. spans.OrderByDescending(one => one.Value).Take(SlowestMax).Select(one => (one.Span, one.Value, Dot(time, axis, one.Span, one.Value)))]);
    }

    private static string Dot(TimeRange time, ValueAxis axis, SpanFacts span, double value)
    {
        var x = (span.StartUnixNs - time.FromUnixNs) / (double)(time.ToUnixNs - time.FromUnixNs) * Width;
        return $"M{Round(x)} {Round(Height - (axis.Place(value) * Height))}h0";
    }

    // A tenth of a unit is less than a pixel.
    private static string Round(double place) => Words.Exact(Math.Round(place, 1));
}
