namespace Throughline.Dashboard.Internal.TopologyMap;

/// <summary>How an edge shows a measure.</summary>
/// <param name="Text">The value in words; null where the edge has none.</param>
/// <param name="Width">Of its line.</param>
/// <param name="Tone"><c>bad</c>, <c>warn</c>, <c>none</c> where it has no value, or empty.</param>
internal readonly record struct EdgeWeight(string? Text, double Width, string Tone)
{
    /// <summary>The shape that goes with the colour.</summary>
    public string Mark => Tone switch
    {
        "bad" => "▲ ",
        "warn" => "◆ ",
        _ => "",
    };
}
