using Throughline.Server.Internal.Assemble;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Orphans of one cause.</summary>
/// <param name="Topic">Empty where the span tells none.</param>
/// <param name="Count">Weighted.</param>
/// <param name="Spans">How many spans were seen.</param>
/// <param name="Examples">The latest, each with what was seen; newest first.</param>
internal sealed record OrphanRow(
    OrphanCause Cause, string Service, string Topic, double Count, double Spans, IReadOnlyList<Example> Examples);
