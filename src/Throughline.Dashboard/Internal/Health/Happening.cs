namespace Throughline.Dashboard.Internal.Health;

/// <summary>Something that a limit, or a fault, has done since the start.</summary>
/// <param name="Name">What.</param>
/// <param name="Count">How often; 0 is the usual.</param>
/// <param name="Meaning">What it means, and what helps.</param>
/// <param name="IsGrave">Data were lost or refused.</param>
internal sealed record Happening(string Name, double Count, string Meaning, bool IsGrave = false);
