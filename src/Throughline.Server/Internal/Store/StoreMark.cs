using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Store;

/// <summary>How far the store is durable.</summary>
/// <param name="Mark">For <see cref="ISpanStore.Recover"/>; its form is the store's own.</param>
/// <param name="Pending">What was appended and is not durable: the checkpoint names it, so that a restart appends it again.</param>
internal sealed record StoreMark(string Mark, IReadOnlyList<SpanPosition> Pending);
