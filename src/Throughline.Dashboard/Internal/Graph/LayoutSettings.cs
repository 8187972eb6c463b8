namespace Throughline.Dashboard.Internal.Graph;

/// <summary>Distances of a picture, in its own units.</summary>
/// <param name="LayerGap">Between two layers: edges and their labels are there.</param>
/// <param name="NodeGap">Between two nodes of a layer.</param>
/// <param name="LineGap">Between two edges that pass a layer, and between two at a node's side.</param>
internal sealed record LayoutSettings(double LayerGap, double NodeGap, double LineGap)
{
    public static LayoutSettings Wide { get; } = new(LayerGap: 150, NodeGap: 18, LineGap: 20);

    public static LayoutSettings Dense { get; } = new(LayerGap: 100, NodeGap: 8, LineGap: 5);
}
