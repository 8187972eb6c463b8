namespace Throughline.Server.Internal.Spans;

/// <summary>What a messaging span did, by the conventions' operation types; older names are mapped onto these.</summary>
internal enum MessagingOperation : byte
{
    /// <summary>A messaging system is named, but no operation that is known.</summary>
    None = 0,
    Create,
    Send,
    Receive,
    Process,
    Settle,
}
