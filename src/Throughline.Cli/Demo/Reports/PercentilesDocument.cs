namespace Throughline.Cli.Demo.Reports;

/// <summary>Milliseconds.</summary>
internal sealed record PercentilesDocument(double P50Ms, double P99Ms);
