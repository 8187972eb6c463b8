namespace Throughline.Propagation.Internal;

/// <summary>Where one member of a tracestate stands in its header.</summary>
internal readonly record struct TraceStateMember(int Start, int Length, int KeyLength);
