using System.Text;
using Throughline.Dashboard.Internal.Text;

namespace Throughline.Dashboard.Internal.Charts;

/// <summary>Values over time as lines of a picture: a run for each stretch without gaps.</summary>
internal static class LinePath
{
    /// <summary>The largest value; 1 where all are nothing.</summary>
    public static double Top(IEnumerable<double?> values) => values.Max() is { } top && top > 0 ? top : 1;

    /// <param name="values">At equal distances.</param>
    /// <param name="max">What is at the top.</param>
    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture; zero is at its foot.</param>
    public static IEnumerable<Run> Runs(IReadOnlyList<double?> values, double max, double width, double height)
    {
        var step = values.Count > 1 ? width / (values.Count - 1) : width;
        var line = new StringBuilder();
        var first = 0.0;
        for (var i = 0; i <= values.Count; i++)
        {
            if (i < values.Count && values[i] is { } value)
            {
                var x = i * step;
                if (line.Length == 0)
                {
                    first = x;
                }

                line.Append(line.Length == 0 ? 'M' : 'L').Append(Words.Exact(x)).Append(' ')
                    .Append(Words.Exact(height - (Math.Clamp(value / max, 0, 1) * (height - 1)))).Append(' ');
            }
            else if (line.Length > 0)
            {
                // A single point is a short stroke: a line without length would not be seen.
                var last = (i - 1) * step;
                if (first == last)
                {
                    line.Append("h ").Append(Words.Exact(Math.Min(1, width - last) is var stroke && stroke > 0 ? stroke : -1));
                }

                yield return new Run(line.ToString(), first, last);
                line.Clear();
            }
        }
    }

    public readonly record struct Run(string Line, double FirstX, double LastX);
}
