using OpenTelemetry.Exporter;
using Throughline.OpenTelemetry.Internal.Http;
using Throughline.OpenTelemetry.Internal.Settings;

namespace Throughline.OpenTelemetry.Internal;

/// <summary>Our settings as the OpenTelemetry SDK's OTLP exporters take them.</summary>
internal static class SdkOtlpOptions
{
    public static void Apply(OtlpSettings from, OtlpExporterOptions to)
    {
        // gRPC is marked as obsolete for .NET Framework's sake only.
#pragma warning disable CS0618
        to.Protocol = from.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
#pragma warning restore CS0618
        to.Endpoint = from.Endpoint;
        to.TimeoutMilliseconds = (int)from.Timeout.TotalMilliseconds;
        to.Compression = from.Gzip ? OtlpExportCompression.GZip : OtlpExportCompression.None;

        // Headers go through the client: the exporter's own text form cannot hold a comma, and throws at a repeated name.
        to.Headers = null;
        to.HttpClientFactory = () => ExporterHttpClient.For(from);
    }
}
