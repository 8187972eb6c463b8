using Throughline.Server.Internal.Assemble.Records;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Assemble.Pairs;

/// <summary>What a reference turned out to point at; <paramref name="Span"/> is null while it has not settled.</summary>
internal readonly record struct Referent(SpanFacts? Span, SpanRole Role)
{
    public static Referent Missing => default;
}
