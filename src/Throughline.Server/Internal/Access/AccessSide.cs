namespace Throughline.Server.Internal.Access;

/// <summary>What somebody wants of the server: each has a key of its own.</summary>
internal enum AccessSide
{
    /// <summary>To send telemetry.</summary>
    Ingest = 0,

    /// <summary>To read what is kept.</summary>
    Read,
}
