namespace Throughline.Dashboard.Internal.Graph;

/// <summary>A place that an edge goes through, horizontally.</summary>
internal readonly record struct LinePoint(double X, double Y);
