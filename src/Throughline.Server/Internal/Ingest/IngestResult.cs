namespace Throughline.Server.Internal.Ingest;

/// <summary>What became of a request.</summary>
internal enum IngestResult
{
    /// <summary>Its entry is on disk; perhaps without some items, which are counted in the answer.</summary>
    Accepted = 0,

    /// <summary>Not taken; the same request may be sent again later.</summary>
    Full,

    /// <summary>Not taken; it would never be.</summary>
    Malformed,
}
