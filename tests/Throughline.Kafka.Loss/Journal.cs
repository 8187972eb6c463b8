using System.Text;

namespace Throughline.Kafka.Loss;

/// <summary>
/// What a consumer process has done, a line each: written to the operating system before the next step, so that what the
/// process did before it was killed is there.
/// </summary>
internal sealed class Journal(string file) : IDisposable
{
    private readonly Lock _lock = new();

    // No buffer of its own: each write is one call.
    private readonly FileStream _stream = new(file, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    /// <summary>A handler was called with this record, and is about to return.</summary>
    internal void Handled(int partition, long offset) => Write($"H {partition} {offset}\n");

    /// <summary>A process span ended.</summary>
    internal void SpanEnded(string partition, long offset, string parentId) => Write($"S {partition} {offset} {parentId}\n");

    public void Dispose()
    {
        lock (_lock)
        {
            _stream.Dispose();
        }
    }

    /// <summary>The producer, and with it the count of its transactions, begins anew.</summary>
    internal void Begun() => Write("B\n");

    /// <summary>The loop ended with this; the next producer begins.</summary>
    internal void Failed(Exception exception) => Write($"F {exception.GetType().Name}\n");

    /// <summary>A send in a transaction was acknowledged.</summary>
    internal void Sent(long sequence, string partition, long offset, string spanId) => Write($"O {sequence} {partition} {offset} {spanId}\n");

    /// <summary>The span ended that commits or aborts a transaction.</summary>
    internal void Ended(long sequence, string how, int sends, int links) => Write($"T {sequence} {how} {sends} {links}\n");

    private void Write(string line)
    {
        lock (_lock)
        {
            _stream.Write(Encoding.ASCII.GetBytes(line));
        }
    }
}
