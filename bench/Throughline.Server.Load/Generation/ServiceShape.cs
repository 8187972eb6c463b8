using System.Globalization;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Load.Generation;

/// <summary>A service, with what its instances say of themselves.</summary>
internal sealed class ServiceShape
{
    private readonly byte[][] _resources;

    public ServiceShape(int number, string name, int instances, Random random)
    {
        Name = name;
        var version = string.Create(CultureInfo.InvariantCulture, $"{1 + (number % 4)}.{random.Next(20)}.{random.Next(10)}");
        _resources = [.. Enumerable.Range(0, instances).Select(instance => ResourceOf(version, instance, random))];
    }

    public string Name { get; }

    public int Instances => _resources.Length;

    /// <summary>OTLP's Resource message.</summary>
    public ReadOnlySpan<byte> Resource(int instance) => _resources[instance];

    private byte[] ResourceOf(string version, int instance, Random random)
    {
        using var writer = new ProtoWriter();
        var into = new AttributeWriter(writer, OtlpTags.Resource.Attributes);
        var host = string.Create(CultureInfo.InvariantCulture, $"{Name}-{random.Next(0x1000, 0xFFFF):x}-{instance}");
        into.Add("service.name", Name);
        into.Add("service.namespace", "shop");
        into.Add("service.version", version);
        into.Add("service.instance.id", host + "." + random.NextInt64().ToString("x16", CultureInfo.InvariantCulture));
        into.Add("deployment.environment.name", "production");
        into.Add("host.name", host);
        into.Add("os.type", "linux");
        into.Add("process.pid", 1);
        into.Add("process.runtime.name", ".NET");
        into.Add("process.runtime.version", "10.0.1");
        into.Add("telemetry.sdk.name", "opentelemetry");
        into.Add("telemetry.sdk.language", "dotnet");
        into.Add("telemetry.sdk.version", "1.20.1");
        into.Add("k8s.namespace.name", "shop");
        into.Add("k8s.node.name", string.Create(CultureInfo.InvariantCulture, $"node-{random.Next(12)}"));
        return writer.Written.ToArray();
    }
}
