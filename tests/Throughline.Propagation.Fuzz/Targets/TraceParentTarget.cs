using System.Text;

namespace Throughline.Propagation.Fuzz.Targets;

/// <summary>traceparent as bytes and as text: both agree, and what is read is written to something that reads the same.</summary>
internal sealed class TraceParentTarget : IFuzzTarget
{
    private const string Ids = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";

    /// <inheritdoc/>
    public string Name => "traceparent";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Samples { get; } =
    [
        Encoding.ASCII.GetBytes($"00-{Ids}-01"),
        Encoding.ASCII.GetBytes($"00-{Ids}-03"),
        Encoding.ASCII.GetBytes($"cc-{Ids}-ff-more"),
        Encoding.ASCII.GetBytes("00-00000000000000000000000000000000-0000000000000000-00"),
    ];

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> input)
    {
        bool isValid = TraceParent.TryParse(input, out TraceParent read);
        Span<char> text = stackalloc char[Math.Min(input.Length, 256)];
        Encoding.Latin1.GetChars(input[..text.Length], text);
        bool isValidText = TraceParent.TryParse(text, out TraceParent readText);
        FuzzFailureException.Unless(isValid == isValidText && read == readText, "bytes and text disagree");

        Span<byte> written = stackalloc byte[TraceParent.Length];
        FuzzFailureException.Unless(read.TryWrite(written) == isValid, "what is valid can be written, nothing else");
        FuzzFailureException.Unless(
            !isValid || (TraceParent.TryParse(written, out TraceParent again) && again == read), "written and read again differs");
    }
}
