using Throughline.Server.Tests.Api;

namespace Throughline.Server.Tests.Compat;

/// <summary>Spans with whatever is rare: all kinds of values, a half id, an event without a name, links besides the parent.</summary>
internal static class OddSamples
{
    public const string Trace = "00000000000000000000000000000abc";

    public static IReadOnlyList<SampleSpan> All { get; } =
    [
        new("odd", "odd", 1)
        {
            Trace = Trace, Id = "00000000000000a1", StartMs = 20_000,
            Attributes =
            [
                ("arr", new object[] { "x", 2, true }), ("map", new (string, object)[] { ("k", 1.5) }), ("bytes", new byte[] { 104, 105 }),
                ("whole", 3.0), ("part", 0.1), ("yes", true), ("big", 9_007_199_254_740_993), ("ä\"\\\n", "ö"),
            ],
            Event = ("", "event", "mine"),
        },
        new("odd", "child", 0)
        {
            Trace = Trace, Id = "00000000000000a2", Parent = "00000000000000a1", StartMs = 20_001, DurationMs = 0,
            Link = (Samples.Order, "b7ad6b7169203331"), Error = "", Event = ("told", "a", "b"),
        },
        new("odd", "orphan", 3) { Trace = Trace, Id = "00000000000000a3", Parent = "00000000000000ff", StartMs = 20_002 },
    ];
}
