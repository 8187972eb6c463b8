using Microsoft.Extensions.Logging;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>What the pipeline works with, made by <see cref="PipelineHost"/>.</summary>
internal sealed record PipelineParts
{
    public required PipelineOptions Options { get; init; }

    public required TimeProvider Time { get; init; }

    public required PipelineQueue Queue { get; init; }

    public required Backlog Backlog { get; init; }

    public required IngestLog Log { get; init; }

    public required OtlpDecoder Decoder { get; init; }

    public required ISpanStore Store { get; init; }

    public required Assembler Assembler { get; init; }

    public required Analyses Analyses { get; init; }

    public required Keeper Keeper { get; init; }

    /// <summary>What is asked of brokers; empty where none is configured.</summary>
    public required ClusterWatchers Watchers { get; init; }

    public required StateDatabase State { get; init; }

    /// <summary>Where the last run ended, as loaded from <see cref="State"/>.</summary>
    public required Checkpoint LoadedCheckpoint { get; init; }

    /// <summary>Where the log ended when it was opened: what comes after it arrives through the queue.</summary>
    public required long ReplayEnd { get; init; }

    public required PipelineCounts Counts { get; init; }

    public required PipelineHealth Health { get; init; }

    public required ILogger Logger { get; init; }
}
