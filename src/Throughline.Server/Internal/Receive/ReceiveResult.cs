namespace Throughline.Server.Internal.Receive;

/// <summary>What became of a request, in no protocol's words.</summary>
internal enum ReceiveResult
{
    /// <summary>It is on disk; perhaps without some items.</summary>
    Accepted = 0,

    /// <summary>Not now; the same request may be sent again.</summary>
    Busy,

    /// <summary>It can not be read, and never could.</summary>
    Malformed,

    /// <summary>It has more bytes than a request may have.</summary>
    TooLarge,

    /// <summary>It is in a form or compression that is not known here.</summary>
    Unsupported,

    /// <summary>Its body did not come in time.</summary>
    TimedOut,
}
