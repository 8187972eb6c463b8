using OpenTelemetry.Resources;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal;

/// <summary>Who sends: the SDK's own attributes, then the environment's, then the program's.</summary>
internal static class TelemetryResource
{
    private const string ServiceName = "service.name";
    private const string ServiceInstance = "service.instance.id";

    /// <summary>The same for traces and metrics.</summary>
    public static Action<ResourceBuilder> Describe(TelemetrySettings settings, ThroughlineSdkOptions options)
    {
        var attributes = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            // Two instances that send cumulative metrics under one resource would overwrite each other's sums.
            [ServiceInstance] = Guid.NewGuid().ToString(),
        };
        if (!string.IsNullOrEmpty(options.DefaultServiceName))
        {
            attributes[ServiceName] = options.DefaultServiceName;
        }

        foreach (var (key, value) in settings.ResourceAttributes)
        {
            attributes[key] = value;
        }

        if (settings.ServiceName is not null)
        {
            attributes[ServiceName] = settings.ServiceName;
        }

        foreach (var (key, value) in options.ResourceAttributes)
        {
            attributes[key] = value;
        }

        return resource => resource.AddAttributes(attributes);
    }
}
