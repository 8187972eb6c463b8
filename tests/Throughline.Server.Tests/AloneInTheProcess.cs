namespace Throughline.Server.Tests;

/// <summary>Tests that count what the whole process allocates.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public class AloneInTheProcess;
