using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Pipeline;
using Throughline.Server.Internal.Receive;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Api.Metrics;

/// <summary>Where the server's metrics come from.</summary>
internal sealed record MetricSources
{
    public required ReceiveCounts Receive { get; init; }

    public required PipelineCounts Pipeline { get; init; }

    public required PipelineHealth Health { get; init; }

    public required Backlog Backlog { get; init; }

    /// <summary>Bytes of the ingest log.</summary>
    public required Func<long> LogBytes { get; init; }

    /// <summary>Bytes that it may have.</summary>
    public required long LogBytesMax { get; init; }

    /// <summary>Read beside their writer.</summary>
    public required Func<AssemblyStatistics> Assembly { get; init; }

    public required ISpanStore Store { get; init; }

    public required IAnswers Answers { get; init; }

    public required QueryCounts Queries { get; init; }

    public required TimeProvider Time { get; init; }
}
