namespace Throughline.Cli.Demo.Pictures;

/// <summary>One row of a waterfall, still without a width.</summary>
/// <param name="Kind">What it shows.</param>
/// <param name="Tree">The branches in front of the name.</param>
/// <param name="Name">The span's name, or the record.</param>
/// <param name="Owner">The service; for a wait what it is.</param>
/// <param name="Duration">How long it took, in words.</param>
/// <param name="FromUnixNano">Where the bar begins.</param>
/// <param name="UntilUnixNano">Where the bar ends.</param>
internal sealed record WaterfallRow(
    RowKind Kind, string Tree, string Name, string Owner, string Duration, long FromUnixNano, long UntilUnixNano)
{
    /// <summary>The span ended with an error.</summary>
    public bool Failed { get; init; }
}
