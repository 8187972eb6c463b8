namespace Throughline.Dashboard.Internal.Graph;

/// <summary>A node to be placed.</summary>
/// <param name="Name">Unlike all others': where it comes to stand depends on names, never on numbers.</param>
/// <param name="Width">Of its box.</param>
/// <param name="Height">At least; a node with many edges gets more.</param>
internal sealed record LayoutNode(string Name, double Width, double Height);
