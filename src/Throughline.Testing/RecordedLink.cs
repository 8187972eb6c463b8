using System.Diagnostics;

namespace Throughline.Testing;

/// <summary>A link from a recorded span to another span.</summary>
/// <param name="Context">The span that it points to.</param>
/// <param name="Tags">The link's own attributes.</param>
public sealed record RecordedLink(ActivityContext Context, IReadOnlyDictionary<string, object?> Tags);
