namespace Throughline.Dashboard.Internal.Graph;

/// <summary>Where a node is.</summary>
internal readonly record struct NodeBox(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public double MiddleY => Y + (Height / 2);
}
