using System.Diagnostics.CodeAnalysis;

namespace Throughline.Propagation;

/// <summary>
/// One message's headers, whatever the broker. Implemented by small structs that only hold a reference to the headers
/// (a copy of the carrier must see the same headers), so that a constrained generic call boxes nothing.
/// </summary>
/// <remarks>Names are compared ordinally, as brokers compare them.</remarks>
public interface IHeaderCarrier
{
    /// <summary>Gets every header name, in the carrier's order; a repeated header's name may come up more than once.</summary>
    IEnumerable<string> Keys { get; }

    /// <summary>Gets the LAST header of that name; false when there is none or its value is not text.</summary>
    bool TryGet(string name, out HeaderValue value);

    /// <summary>REPLACES every header of that name by one. The bytes are only valid during the call.</summary>
    [SuppressMessage("Naming", "CA1716", Justification = "get, set and keys are what OpenTelemetry calls a carrier's operations.")]
    void Set(string name, ReadOnlySpan<byte> utf8);

    /// <summary>Removes every header of that name; true if there was one.</summary>
    bool Remove(string name);
}
