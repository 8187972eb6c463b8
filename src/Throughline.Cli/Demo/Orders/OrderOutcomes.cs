namespace Throughline.Cli.Demo.Orders;

/// <summary>What became of the posted orders.</summary>
/// <param name="Accepted">The ids of those answered with 201, in the order of the answers.</param>
/// <param name="Refused">For each of the others what the service answered.</param>
internal sealed record OrderOutcomes(IReadOnlyList<string> Accepted, IReadOnlyList<string> Refused);
