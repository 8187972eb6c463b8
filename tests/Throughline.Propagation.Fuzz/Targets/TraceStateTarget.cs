using System.Text;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Fuzz.Targets;

/// <summary>tracestate: the traceparent survives whatever it is, and what is read is sent on and read the same.</summary>
internal sealed class TraceStateTarget : IFuzzTarget
{
    private const int SentLengthMax = 512;
    private static readonly byte[] TraceParentHeader = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"u8.ToArray();

    private readonly ContextPropagator _propagator = new(new TraceContextPropagator());
    private readonly List<KeyValuePair<string, byte[]>> _received = [];
    private readonly List<KeyValuePair<string, byte[]>> _sent = [];

    /// <inheritdoc/>
    public string Name => "tracestate";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Samples { get; } =
    [
        "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7"u8.ToArray(),
        "ot=th:fd70a4;rv:1123456789abcd,dd=s:2;o:rum;t.dm:-4"u8.ToArray(),
        "a=1, ,\tb=2 ,,1abc@vendor*_-/=value with spaces"u8.ToArray(),
        Encoding.ASCII.GetBytes($"{new string('k', 256)}={new string('v', 256)}"),
        Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, 32).Select(n => $"k{n}={new string('v', 20)}"))),
    ];

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> input)
    {
        // 1. As bytes, after a traceparent that must survive.
        _received.Clear();
        _received.Add(new("traceparent", TraceParentHeader));
        _received.Add(new("tracestate", input.ToArray()));
        ExtractedContext read = _propagator.Extract(new MessageHeaders(_received));
        FuzzFailureException.Unless(read.HasTrace, "a tracestate cost the traceparent");

        // 2. As text, the same.
        Dictionary<string, string> text = new(StringComparer.Ordinal)
        {
            ["traceparent"] = Encoding.ASCII.GetString(TraceParentHeader),
            ["tracestate"] = Encoding.Latin1.GetString(input),
        };
        FuzzFailureException.Unless(_propagator.Extract(new TextHeaders(text)).TraceState == read.TraceState, "bytes and text disagree");

        // 3. Sent on.
        _sent.Clear();
        _propagator.Inject(read.ToActivityContext(), default, new MessageHeaders(_sent));
        string? again = _propagator.Extract(new MessageHeaders(_sent)).TraceState;
        FuzzFailureException.Unless(
            read.TraceState?.Length > SentLengthMax ? again is null or { Length: <= SentLengthMax } : again == read.TraceState,
            "sent on and read again differs");
    }
}
