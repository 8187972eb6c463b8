using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>Of what a <see cref="PipelineHost"/> is made.</summary>
internal sealed record PipelineSettings
{
    /// <summary>Where everything lies.</summary>
    public required string Folder { get; init; }

    public PipelineOptions Pipeline { get; init; } = new();

    public IngestLogOptions Log { get; init; } = new();

    public AssemblyOptions Assembly { get; init; } = new();

    public OtlpDecoder Decoder { get; init; } = new();

    public required Func<ISpanStore> MakeStore { get; init; }

    public required Func<ClusterWatchers> MakeWatchers { get; init; }

    public AnalysisSettings Analysis { get; init; } = new();
}
