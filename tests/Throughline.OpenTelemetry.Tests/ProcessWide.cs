namespace Throughline.OpenTelemetry.Tests;

/// <summary>Tests of what the whole process shares (propagators, sources that others listen to) run with nothing beside them.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
