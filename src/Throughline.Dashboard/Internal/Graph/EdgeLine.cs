namespace Throughline.Dashboard.Internal.Graph;

/// <summary>How an edge goes: from its first point to its last, each pair of them with a curve between two layers.</summary>
/// <param name="Points">An even number, from the node that it leaves to the one that it leads to.</param>
/// <param name="IsBack">It leads against the direction of all others: it closes a circle.</param>
internal sealed record EdgeLine(IReadOnlyList<LinePoint> Points, bool IsBack);
