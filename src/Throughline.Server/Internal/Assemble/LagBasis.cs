namespace Throughline.Server.Internal.Assemble;

/// <summary>What the lag of a hop is measured from.</summary>
internal enum LagBasis
{
    /// <summary>The record's timestamp, as its sender set it.</summary>
    CreateTime = 0,

    /// <summary>The record's timestamp, as its broker set it.</summary>
    LogAppendTime,

    /// <summary>The end of the producer's span: the record's timestamp is not told.</summary>
    SendEnd,
}
