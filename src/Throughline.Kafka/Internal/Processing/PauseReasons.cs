namespace Throughline.Kafka.Internal.Processing;

/// <summary>Why a partition is paused; it goes on when no reason is left.</summary>
[Flags]
internal enum PauseReasons
{
    None = 0,

    /// <summary>It has more than its share of what is in flight.</summary>
    Share = 1,

    /// <summary>As much is in flight as may be.</summary>
    Full = 2,

    /// <summary>Its next record is not due yet.</summary>
    Delay = 4,
}
