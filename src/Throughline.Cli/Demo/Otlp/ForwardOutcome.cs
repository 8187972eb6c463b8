namespace Throughline.Cli.Demo.Otlp;

/// <summary>What became of the copies for the backend.</summary>
/// <param name="Endpoint">Where they were sent.</param>
/// <param name="Sent">Requests that the backend took.</param>
/// <param name="Failed">Requests that it did not take.</param>
/// <param name="Failure">Why the first of those failed.</param>
internal sealed record ForwardOutcome(Uri Endpoint, int Sent, int Failed, string? Failure);
