namespace Throughline.Kafka.Tests;

/// <summary>
/// Tests about nobody listening, or about an SDK that listens to the whole process: they run when no other test does.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Isolated
{
    public const string Name = "isolated";
}
