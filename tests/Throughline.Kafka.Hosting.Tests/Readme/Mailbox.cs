using System.Collections.Concurrent;

namespace Throughline.Kafka.Hosting.Tests.Readme;

/// <summary>Keeps what would be mailed.</summary>
internal sealed class Mailbox : IMailer
{
    internal ConcurrentQueue<string> Sent { get; } = new();

    public Task SendAsync(string text, CancellationToken cancellationToken)
    {
        Sent.Enqueue(text);
        return Task.CompletedTask;
    }
}
