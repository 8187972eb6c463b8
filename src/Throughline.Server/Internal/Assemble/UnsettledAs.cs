namespace Throughline.Server.Internal.Assemble;

/// <summary>Why a checkpoint has to name a span. The numbers are on disk.</summary>
internal enum UnsettledAs : byte
{
    /// <summary>Its trace is not settled; the store does not have it.</summary>
    Live = 0,

    /// <summary>It is settled and handed out, and still waits for a parent or a send.</summary>
    Waiting = 1,
}
