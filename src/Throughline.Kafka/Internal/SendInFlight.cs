namespace Throughline.Kafka.Internal;

/// <summary>A send that waits for its report, as a member of <see cref="SendsInFlight"/>.</summary>
internal abstract class SendInFlight
{
    // Both belong to SendsInFlight, under its lock.
    internal SendInFlight? Previous { get; set; }

    internal SendInFlight? Next { get; set; }

    /// <summary>Ends the span without knowing what became of the record.</summary>
    internal abstract void EndUnknown();
}
