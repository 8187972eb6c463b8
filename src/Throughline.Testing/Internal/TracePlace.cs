namespace Throughline.Testing.Internal;

/// <summary>Why a span stands where it does in a drawn tree.</summary>
internal enum TracePlace
{
    /// <summary>Below its parent, or at the top because it has none.</summary>
    Regular,

    /// <summary>At the top, for its parent is not there.</summary>
    Orphan,

    /// <summary>At the top, for following its parents leads back to it.</summary>
    Cycle,
}
