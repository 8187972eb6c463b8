namespace Throughline.Cli.Demo.Kafka;

/// <summary>A Kafka with the demo's topic on it; disposing takes away what the demo put there.</summary>
internal interface IDemoKafka : IAsyncDisposable
{
    DemoTopic Topic { get; }

    /// <summary>What it is, for the progress line.</summary>
    string Description { get; }
}
