namespace Throughline.Propagation.Fuzz.Targets;

/// <summary>The single b3 header: what is read is written to something that reads the same.</summary>
internal sealed class B3SingleTarget : IFuzzTarget
{
    private readonly ContextPropagator _propagator = new(new B3Propagator(singleHeader: true));
    private readonly List<KeyValuePair<string, byte[]>> _headers = [];

    /// <inheritdoc/>
    public string Name => "b3";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Samples { get; } =
    [
        "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90"u8.ToArray(),
        "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-d"u8.ToArray(),
        "64fe8b2a57d3eff7-e457b5a2e4d86bd1"u8.ToArray(),
        "0"u8.ToArray(),
    ];

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> input)
    {
        _headers.Clear();
        _headers.Add(new("b3", input.ToArray()));
        ExtractedContext read = _propagator.Extract(new MessageHeaders(_headers));
        if (!read.HasTrace)
        {
            return;
        }

        _propagator.Inject(read.ToActivityContext(), default, new MessageHeaders(_headers));
        FuzzFailureException.Unless(_headers.Count == 1, "more than one header");
        FuzzFailureException.Unless(_propagator.Extract(new MessageHeaders(_headers)).Trace == read.Trace, "written and read again differs");
    }
}
