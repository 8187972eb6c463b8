using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;

namespace Throughline.Dashboard.Internal.Orphans;

/// <summary>All orphans of one cause.</summary>
/// <param name="Count">Weighted.</param>
/// <param name="Share">Of all orphans.</param>
/// <param name="Trend">Their number in equal parts of the time, oldest first.</param>
/// <param name="Rows">By service and topic, most first.</param>
/// <param name="Detected">Who wrote the latest span of the first row; null where no span is stored any more.</param>
internal sealed record OrphanCard(
    OrphanCause Cause, double Count, double Share, IReadOnlyList<double?> Trend, IReadOnlyList<OrphanRow> Rows, ClientFamily? Detected);
