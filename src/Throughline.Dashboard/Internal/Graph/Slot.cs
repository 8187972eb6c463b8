namespace Throughline.Dashboard.Internal.Graph;

/// <summary>A place in a layer: a node's, or that of an edge that passes.</summary>
internal sealed class Slot
{
    public required int Layer { get; init; }

    /// <summary>The node; -1 for an edge that passes.</summary>
    public required int Node { get; init; }

    public required double Height { get; init; }

    /// <summary>In the layer before, one for each edge.</summary>
    public List<Slot> Before { get; } = [];

    /// <summary>In the layer behind, one for each edge.</summary>
    public List<Slot> After { get; } = [];

    /// <summary>Which of its layer, from the top.</summary>
    public int Position { get; set; }

    /// <summary>Where it would like to be of its layer.</summary>
    public double Wanted { get; set; }

    /// <summary>Its middle.</summary>
    public double Y { get; set; }

    public bool IsLine => Node < 0;
}
