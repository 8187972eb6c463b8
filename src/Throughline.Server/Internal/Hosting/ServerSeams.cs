using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Pipeline;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Hosting;

/// <summary>
/// Where a server meets what it cannot choose: disk and clock, the pages of another assembly, and the times that a proof
/// wants shorter.
/// </summary>
internal sealed record ServerSeams
{
    /// <summary>The disk beneath the ingest log.</summary>
    public IDurableFiles Files { get; init; } = DiskFiles.Instance;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What people see beside the answers; null for nothing.</summary>
    public ServerPages? Pages { get; init; }

    public PipelineOptions Pipeline { get; init; } = new();

    public IngestLogOptions Log { get; init; } = new();

    /// <summary>Puts something around the store.</summary>
    public Func<ISpanStore, ISpanStore> Around { get; init; } = store => store;
}
