using OpenTelemetry.Resources;

namespace Throughline.OpenTelemetry.Internal.Zipkin;

/// <summary>The resource as Zipkin has it: the service's name, and the rest as tags on each span.</summary>
internal sealed class ZipkinResource
{
    public ZipkinResource(Resource resource)
    {
        var tags = new List<KeyValuePair<string, string>>();
        foreach (var (key, value) in resource.Attributes)
        {
            if (key == "service.name")
            {
                ServiceName = AttributeText.Of(value);
            }
            else if (!key.StartsWith("telemetry.sdk.", StringComparison.Ordinal))
            {
                tags.Add(new(key, AttributeText.Of(value)));
            }
        }

        Tags = tags;
    }

    public string ServiceName { get; } = "unknown_service";

    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; }
}
