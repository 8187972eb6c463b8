namespace Throughline.Cli.Demo.Reports;

/// <summary>The copies sent to a backend.</summary>
internal sealed record ForwardDocument(string Endpoint, int RequestsSent, int RequestsFailed, string? Failure);
