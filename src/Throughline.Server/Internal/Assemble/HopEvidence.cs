namespace Throughline.Server.Internal.Assemble;

/// <summary>Why a send and a processing are held for the same record's, in the order in which evidence is preferred.</summary>
internal enum HopEvidence
{
    /// <summary>The consumer's span links to the send.</summary>
    Link = 0,

    /// <summary>The consumer's span is the send's child.</summary>
    Parent,

    /// <summary>Both name the same topic, partition and offset of one cluster, at plausible times, and nobody else does.</summary>
    Identity,
}
