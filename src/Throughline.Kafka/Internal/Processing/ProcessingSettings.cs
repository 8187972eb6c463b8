namespace Throughline.Kafka.Internal.Processing;

/// <summary>What a processing loop must know of the client's configuration.</summary>
/// <param name="StoresOffsetsItself">The client stores an offset when it hands the record out; <see langword="null"/>: not known.</param>
/// <param name="CommitsItself">The client commits stored offsets in the background.</param>
internal sealed record ProcessingSettings(bool? StoresOffsetsItself, bool CommitsItself)
{
    /// <summary>
    /// A wrapped client. It refuses <c>StoreOffset</c> itself where it stores offsets by itself; whether it commits is not
    /// known, so the loop does.
    /// </summary>
    internal static readonly ProcessingSettings Unknown = new(StoresOffsetsItself: null, CommitsItself: false);

    internal static ProcessingSettings Of(ClientSettings settings) => new(
        settings.IsOn("enable.auto.offset.store", byDefault: true),
        settings.IsOn("enable.auto.commit", byDefault: true));

    internal void ThrowIfUnfit()
    {
        if (StoresOffsetsItself == true)
        {
            throw new InvalidOperationException(
                "enable.auto.offset.store is true: the client would commit records that are still being handled. Build the "
                + "consumer with TracingConsumerBuilder.BuildForProcessing(), or set it to false.");
        }
    }

    /// <summary>A transaction's offsets are committed with it, and in no other way.</summary>
    internal void ThrowIfUnfitForTransactions()
    {
        if (StoresOffsetsItself == true && CommitsItself)
        {
            throw new InvalidOperationException(
                "enable.auto.commit is true: the client would commit records whose transaction may be aborted. Build the consumer "
                + "with TracingConsumerBuilder.BuildForProcessing(), or set it to false.");
        }
    }
}
