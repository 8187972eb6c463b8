namespace Throughline.Server.Internal.Assemble;

/// <summary>Where a hop's time went, nanoseconds. A part for which there is no evidence is null: nothing is invented.</summary>
/// <param name="Produce">From the send's start to its acknowledgement.</param>
/// <param name="InTopic">From the acknowledgement to the fetch.</param>
/// <param name="InClient">From the fetch to where processing begins.</param>
/// <param name="Processing">From there to its end.</param>
/// <param name="Lag">From the record's timestamp, else the send's end, to where processing begins; null when clocks disagree.</param>
/// <param name="Basis">What lag starts from.</param>
/// <param name="Skew">By how much processing seems to begin before the record was sent; null when it does not.</param>
internal sealed record HopTiming(
    long? Produce, long? InTopic, long? InClient, long Processing, long? Lag, LagBasis Basis, long? Skew);
