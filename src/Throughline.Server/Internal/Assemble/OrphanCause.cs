namespace Throughline.Server.Internal.Assemble;

/// <summary>Why a span that should have a parent or a creation context has none.</summary>
internal enum OrphanCause
{
    ProducerNotInstrumented = 0,
    HeaderMissing,
    HeaderMalformed,

    /// <summary>A forwarder sent the record on with its own header over, or beside, the origin's.</summary>
    HeaderOverwritten,
    ConsumerNotExtracting,
    ParentSampledOut,

    /// <summary>It was never exported, as far as can be told after the time that one waits for it.</summary>
    ParentLost,

    /// <summary>It may still be on its way.</summary>
    ParentInFlight,
    ClockSkew,
}
