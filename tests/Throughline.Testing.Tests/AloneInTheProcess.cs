namespace Throughline.Testing.Tests;

/// <summary>Tests that count what the whole process holds.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public class AloneInTheProcess;
