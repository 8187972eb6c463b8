namespace Throughline.Server.Internal.Assemble.Settling;

/// <summary>What a settled span waits for.</summary>
internal enum OpenEndKind : byte
{
    /// <summary>Its parent, and no record is concerned.</summary>
    Parent = 0,

    /// <summary>The span that its record's context names.</summary>
    Reference,

    /// <summary>A send that names the same record: its record brought no context, or one that no send has made.</summary>
    Identity,

    /// <summary>Whether its instrumentation tells of processing at all.</summary>
    Receive,
}
