using Throughline.Benchmarks.Pairs;

namespace Throughline.Benchmarks.Reporting;

/// <summary>The design's budgets for the instrumentation, and which rows they are about.</summary>
internal static class Budgets
{
    private static readonly Pair Unsampled = new("Send", "UnsampledChild", "Throughline", "Peer");
    private static readonly Pair Unlistened = new("Send", "Unlistened", "Throughline", "Bare");

    internal static readonly IReadOnlyList<Budget> All =
    [
        .. TimeAndBytes("send, sampled, equal tags / the peer", 0.6, new("EqualTagsSend", "SampledChild", "Throughline", "Peer")),
        .. TimeAndBytes("the same by hand / the peer", 0.6, new("EqualTagsSend", "SampledChild", "ByHand", "Peer")),
        .. TimeAndBytes("the same through a wrapped client / the peer", 0.6, new("EqualTagsSend", "SampledChild", "ThroughlineWrapping", "Peer")),
        new("send, unsampled, context passed on / the peer, which passes none", Unit.Time, 0.6, IsRatio: true, Unsampled),
        new("the same by hand / the peer", Unit.Time, 0.6, IsRatio: true, Unsampled with { Ours = "ByHand" }),
        new("send, unsampled, context passed on − the bare client", Unit.Bytes, 320, IsRatio: false, Unsampled with { Theirs = "Bare" }),
        new("send, nobody listens, nothing ambient − the bare client", Unit.Time, 10, IsRatio: false, Unlistened),
        new("send, nobody listens, nothing ambient − the bare client", Unit.Bytes, 0, IsRatio: false, Unlistened),
        .. TimeAndBytes("extract traceparent and tracestate / the peer", 0.25, new("Extract", "TraceState", "Throughline", "Peer")),
        .. TimeAndBytes("the same, made into an ActivityContext / the peer", 0.25, new("Extract", "TraceState", "ThroughlineToActivityContext", "Peer")),
        .. TimeAndBytes("process a record: extract, activate, span, end / by hand", 1.2, new("Process", "Sampled", "Throughline", "ByHand")),
        .. TimeAndBytes("the same in a batch of 100, per record / by hand", 1.2, new("Batch", "ScopePerRecord", "Throughline", "ByHand")),
    ];

    private static Budget[] TimeAndBytes(string what, double target, Pair pair) =>
        [new(what, Unit.Time, target, IsRatio: true, pair), new(what, Unit.Bytes, target, IsRatio: true, pair)];
}
