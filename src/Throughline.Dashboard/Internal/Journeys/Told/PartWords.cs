namespace Throughline.Dashboard.Internal.Journeys.Told;

/// <summary>What the parts of a critical path are called.</summary>
internal static class PartWords
{
    public static string Of(PathPart part) => part switch
    {
        PathPart.Sender => "before sending",
        PathPart.Broker => "broker (produce to acknowledgement)",
        PathPart.Queue => "queue (in topic)",
        PathPart.Client => "client (fetched, not begun)",
        PathPart.Handler => "handler",
        _ => "not told",
    };

    /// <summary>A class of the page's styles.</summary>
    public static string Tone(PathPart part) => part.ToString().ToLowerInvariant();
}
