namespace Throughline.Server.Internal.Analyze;

/// <summary>How well a service's spans could be put together.</summary>
/// <param name="Topic">Empty where the spans tell none.</param>
/// <param name="Ambiguous">Processings for which record identity named several sends, or no plausible one: nothing was guessed.</param>
/// <param name="ParentsLate">Parents that came after they had been given up.</param>
internal sealed record PairingRow(string Service, string Topic, double Ambiguous, double ParentsLate);
