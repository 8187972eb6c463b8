using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble;

/// <summary>A span that a restart must give back to <see cref="Assembler.Restore"/>.</summary>
internal readonly record struct UnsettledSpan(SpanPosition Position, UnsettledAs As);
