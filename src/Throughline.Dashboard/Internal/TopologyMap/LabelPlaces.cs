using Throughline.Dashboard.Internal.Graph;

namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>Puts labels onto their lines, where no other label is as far as that can be had.</summary>
internal sealed class LabelPlaces
{
    private const double Letter = 6.4;
    private const double LineHeight = 14;

    // A number of any length has this many letters at most: labels keep their places while numbers change.
    private const int NumberWidth = 9;

    // Along the curve before the line's end, the places that are tried.
    private static readonly double[] Tried = [0.5, 0.36, 0.64, 0.25, 0.75, 0.43, 0.57, 0.15, 0.85];

    private readonly List<(LinePoint Middle, double HalfWidth, double HalfHeight)> _taken = [];

    /// <param name="line">The label's line.</param>
    /// <param name="letters">How wide the words above its number are; 0 for none.</param>
    public LinePoint Take(EdgeLine line, int letters)
    {
        var (halfWidth, halfHeight) = (Math.Max(letters, NumberWidth) * Letter / 2, letters > 0 ? LineHeight : LineHeight / 2);
        var (from, to) = (line.Points[^2], line.Points[^1]);
        var place = Tried.Select(at => On(from, to, at)).Cast<LinePoint?>().FirstOrDefault(at => IsFree(at!.Value, halfWidth, halfHeight))
            ?? On(from, to, Tried[0]);
        _taken.Add((place, halfWidth, halfHeight));
        return place;
    }

    private bool IsFree(LinePoint place, double halfWidth, double halfHeight) => _taken.TrueForAll(taken =>
        Math.Abs(taken.Middle.Y - place.Y) >= taken.HalfHeight + halfHeight || Math.Abs(taken.Middle.X - place.X) >= taken.HalfWidth + halfWidth);

    /// <summary>On the curve that <see cref="EdgePath"/> draws.</summary>
    private static LinePoint On(LinePoint from, LinePoint to, double at)
    {
        var middle = (from.X + to.X) / 2;
        var (a, b, c, d) = ((1 - at) * (1 - at) * (1 - at), 3 * at * (1 - at) * (1 - at), 3 * at * at * (1 - at), at * at * at);
        return new((a * from.X) + (b * middle) + (c * middle) + (d * to.X), ((a + b) * from.Y) + ((c + d) * to.Y));
    }
}
