using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Ingest;

namespace Throughline.Server.Internal.Receive;

/// <summary>Puts the receivers where their clients look for them.</summary>
internal static class ReceiverEndpoints
{
    /// <summary>OTLP over gRPC, for a listener of HTTP/2.</summary>
    public static void MapOtlpGrpc(this IEndpointRouteBuilder endpoints, Receiver receiver)
    {
        Map("trace.v1.TraceService", SignalKind.Traces);
        Map("logs.v1.LogsService", SignalKind.Logs);
        Map("metrics.v1.MetricsService", SignalKind.Metrics);

        void Map(string service, SignalKind kind) => endpoints.MapPost(
            $"/opentelemetry.proto.collector.{service}/Export", new OtlpGrpc(receiver, kind).HandleAsync);
    }

    /// <summary>OTLP over HTTP, and Zipkin's spans.</summary>
    public static void MapOtlpHttp(this IEndpointRouteBuilder endpoints, Receiver receiver)
    {
        endpoints.MapPost("/v1/traces", new OtlpHttp(receiver, SignalKind.Traces).HandleAsync);
        endpoints.MapPost("/v1/logs", new OtlpHttp(receiver, SignalKind.Logs).HandleAsync);
        endpoints.MapPost("/v1/metrics", new OtlpHttp(receiver, SignalKind.Metrics).HandleAsync);
        endpoints.MapPost("/api/v2/spans", new ZipkinHttp(receiver).HandleAsync);
    }
}
