using System.Globalization;
using Throughline.Dashboard.Internal.Text;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>A part of the picture, in its own units.</summary>
internal readonly record struct MapWindow(double X, double Y, double Width, double Height)
{
    private const double LengthMax = 1e6;

    /// <summary>As <c>x,y,width,height</c>; null for anything else: scripts write it, nobody types it.</summary>
    public static MapWindow? Read(string? text)
    {
        var parts = text?.Split(',') ?? [];
        var values = new double[4];
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts.Length != values.Length
                || !double.TryParse(parts[i], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out values[i])
                || !(Math.Abs(values[i]) < LengthMax))
            {
                return null;
            }
        }

        return values is [_, _, > 1, > 1] ? new MapWindow(values[0], values[1], values[2], values[3]) : null;
    }

    public override string ToString() => $"{Words.Exact(X)} {Words.Exact(Y)} {Words.Exact(Width)} {Words.Exact(Height)}";
}
