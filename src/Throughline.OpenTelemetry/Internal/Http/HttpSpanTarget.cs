using System.Diagnostics;
using System.Text.Json;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace Throughline.OpenTelemetry.Internal.Http;

/// <summary>Where spans are posted to, and in which JSON.</summary>
internal abstract class HttpSpanTarget(string protocol, Uri endpoint)
{
    public Uri Endpoint => endpoint;

    /// <summary>As it stands in messages: without the parts of an address that may be secret.</summary>
    public string Name { get; } = $"{protocol} {endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped)}";

    public virtual bool Gzip => false;

    /// <summary>Writes the batch and returns how many spans it held.</summary>
    public abstract int Write(Utf8JsonWriter json, Resource resource, in Batch<Activity> batch);

    /// <summary>What a receiver that took the batch has to object; null for nothing.</summary>
    public virtual string? Complaint(byte[] answer) => null;
}
