using System.Text;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation.Fuzz.Targets;

/// <summary>OTEL_PROPAGATORS: whatever it says, there is a propagator.</summary>
internal sealed class PropagatorNamesTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "OTEL_PROPAGATORS";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Samples { get; } =
    [
        "tracecontext,baggage"u8.ToArray(),
        "b3, b3multi,xray"u8.ToArray(),
        "none"u8.ToArray(),
    ];

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> input)
    {
        ConfiguredPropagators configured = ConfiguredPropagators.Parse(Encoding.Latin1.GetString(input));
        FuzzFailureException.Unless(configured.Propagator is not null, "no propagator");
    }
}
