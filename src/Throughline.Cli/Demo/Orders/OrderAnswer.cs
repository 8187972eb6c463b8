using System.Net;

namespace Throughline.Cli.Demo.Orders;

/// <summary>What the service answered to an order.</summary>
/// <param name="Status">HTTP's.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="Id">The order's id; null where it was not saved.</param>
internal sealed record OrderAnswer(HttpStatusCode Status, string? Reason, string? Id)
{
    /// <summary>Saved, and announced on the topic.</summary>
    public bool IsAccepted => Status == HttpStatusCode.Created && Id is not null;

    /// <summary>Saved, and not announced.</summary>
    public bool IsUnannounced => Status == HttpStatusCode.Accepted;

    public override string ToString() => $"{(int)Status} {Reason}";
}
