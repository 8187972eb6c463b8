using System.Collections.Concurrent;

namespace Throughline.Kafka.Hosting.Tests;

/// <summary>What handlers did: a singleton of the host, told by handlers, and told what they shall do.</summary>
internal sealed class Handled
{
    internal ConcurrentQueue<HandledRecord> Records { get; } = new();

    /// <summary>Scopes that have ended.</summary>
    internal ConcurrentQueue<int> EndedScopes { get; } = new();

    /// <summary>What happens in a handler, before the record counts as handled.</summary>
    internal Func<string, CancellationToken, Task> Work { get; set; } = static (_, _) => Task.CompletedTask;
}
