using Throughline.Server.Internal.Query;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Rows, and what they are about.</summary>
/// <param name="Range">The time that they really cover.</param>
/// <param name="Rows">Those with the largest figures first, where nothing else is said.</param>
/// <param name="IsCutShort">There were more than the limit.</param>
internal sealed record Answer<T>(TimeRange Range, IReadOnlyList<T> Rows, bool IsCutShort);
