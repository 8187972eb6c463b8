using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Api.Metrics;

namespace Throughline.Server.Internal.Hosting;

/// <summary>What pages show: the same parts that the API answers from.</summary>
internal sealed record PageServices
{
    public required ApiServices Api { get; init; }

    public required MetricSources Metrics { get; init; }

    /// <summary>A page is a query, and waits its turn as one.</summary>
    public required QueryGate Gate { get; init; }

    public required ReadSessions Sessions { get; init; }

    /// <summary>As the server was started. Has secrets: pages show none of those.</summary>
    public required ThroughlineServerOptions Options { get; init; }

    /// <summary>OTLP over gRPC and over HTTP; null until the receivers listen.</summary>
    public required Func<(Uri Grpc, Uri Http)?> Receivers { get; init; }
}
