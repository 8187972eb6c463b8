using Throughline.Server;

namespace Throughline.Cli.Serve;

/// <summary>What a server says when it is ready: where it listens, and how to send it something.</summary>
internal static class ServeReport
{
    public static async Task PrintAsync(ThroughlineServer server, TextWriter output)
    {
        await output.WriteLineAsync(
            $"""
            Throughline listens.
              answers    {Text(server.Address)}
              OTLP/gRPC  {Text(server.OtlpGrpcAddress)}
              OTLP/HTTP  {Text(server.OtlpHttpAddress)}   (Zipkin: {Text(server.OtlpHttpAddress)}/api/v2/spans)
              data in    {server.DataFolder}

            Send it what a service tells:
              export OTEL_EXPORTER_OTLP_PROTOCOL=grpc
              export OTEL_EXPORTER_OTLP_ENDPOINT={Text(server.OtlpGrpcAddress)}

            Ctrl-C stops it; what was acknowledged is kept.
            """);
        await output.FlushAsync();
    }

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
