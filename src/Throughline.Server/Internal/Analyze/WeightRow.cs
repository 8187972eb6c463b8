namespace Throughline.Server.Internal.Analyze;

/// <summary>What a service's own sampling left.</summary>
/// <param name="Spans">How many of its spans were seen.</param>
/// <param name="StandFor">For how many they stand by the <c>th</c> of their tracestates; one that tells nothing stands for itself.</param>
internal sealed record WeightRow(string Service, double Spans, double StandFor);
