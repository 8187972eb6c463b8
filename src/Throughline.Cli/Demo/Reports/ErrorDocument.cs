namespace Throughline.Cli.Demo.Reports;

/// <summary>What <c>--json</c> prints when the run could not be finished.</summary>
internal sealed record ErrorDocument
{
    public int SchemaVersion { get; init; } = 1;

    public required string Error { get; init; }

    public required int ExitCode { get; init; }

    public required IReadOnlyList<string> Evidence { get; init; }
}
