using System.Text;
using Throughline.Dashboard.Internal.Graph;
using Throughline.Dashboard.Internal.Text;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>Lines as SVG paths: a curve between two layers, a straight piece where a layer is passed.</summary>
internal static class EdgePath
{
    private const double HeadLength = 9;
    private const double HeadHalf = 4.5;

    public static string Line(EdgeLine line)
    {
        var points = line.Points;
        var path = new StringBuilder();
        path.Append('M').Append(At(points[0]));
        for (var i = 1; i < points.Count; i++)
        {
            // The arrowhead is the line's end.
            var to = i == points.Count - 1 ? points[i] with { X = points[i].X - (Direction(line) * HeadLength / 2) } : points[i];
            if (i % 2 == 0)
            {
                path.Append('L').Append(At(to));
                continue;
            }

            var middle = (points[i - 1].X + to.X) / 2;
            path.Append('C').Append(At(new(middle, points[i - 1].Y))).Append(' ').Append(At(new(middle, to.Y))).Append(' ').Append(At(to));
        }

        return path.ToString();
    }

    public static string Head(EdgeLine line)
    {
        var end = line.Points[^1];
        var back = end.X - (Direction(line) * HeadLength);
        return $"M{At(end)}L{At(new(back, end.Y - HeadHalf))}L{At(new(back, end.Y + HeadHalf))}Z";
    }

    private static int Direction(EdgeLine line) => line.Points[^1].X >= line.Points[^2].X ? 1 : -1;

    private static string At(LinePoint point) => $"{Words.Exact(point.X)} {Words.Exact(point.Y)}";
}
