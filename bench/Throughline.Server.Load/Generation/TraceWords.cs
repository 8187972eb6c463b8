namespace Throughline.Server.Load.Generation;

/// <summary>What all spans of a trace are about.</summary>
/// <param name="Order">A number that no other trace has.</param>
/// <param name="Tenant">Few are frequent.</param>
/// <param name="Entropy">For what only has to differ.</param>
internal sealed record TraceWords(long Order, int Tenant, int Entropy);
