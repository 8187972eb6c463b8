namespace Throughline.Propagation.Fuzz.Targets;

/// <summary>The separate X-B3 headers, one a line of the input, in either spelling.</summary>
internal sealed class B3MultiTarget : IFuzzTarget
{
    private static readonly string[] Names =
        ["X-B3-TraceId", "X-B3-SpanId", "X-B3-Sampled", "X-B3-Flags", "x-b3-traceid", "x-b3-spanid", "x-b3-sampled", "x-b3-flags"];

    private readonly ContextPropagator _propagator = new(new B3Propagator(singleHeader: false));
    private readonly List<KeyValuePair<string, byte[]>> _headers = [];

    /// <inheritdoc/>
    public string Name => "b3multi";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Samples { get; } =
    [
        "80f198ee56343ba864fe8b2a57d3eff7\ne457b5a2e4d86bd1\n1"u8.ToArray(),
        "64fe8b2a57d3eff7\ne457b5a2e4d86bd1\n0\n1"u8.ToArray(),
        "\n\n\n\n64fe8b2a57d3eff7\ne457b5a2e4d86bd1\ntrue"u8.ToArray(),
    ];

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> input)
    {
        _headers.Clear();
        int name = 0;
        foreach (Range line in input.Split((byte)'\n'))
        {
            if (name < Names.Length && !input[line].IsEmpty)
            {
                _headers.Add(new(Names[name], input[line].ToArray()));
            }

            name++;
        }

        ExtractedContext read = _propagator.Extract(new MessageHeaders(_headers));
        if (read.HasTrace)
        {
            _propagator.Inject(read.ToActivityContext(), default, new MessageHeaders(_headers));
            FuzzFailureException.Unless(_headers.Count == 3, "not exactly the three headers");
            FuzzFailureException.Unless(_propagator.Extract(new MessageHeaders(_headers)).Trace == read.Trace, "written and read again differs");
        }
    }
}
