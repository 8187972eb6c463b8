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

    private void Write(string line)
    {
        lock (_lock)
        {
            _stream.Write(Encoding.ASCII.GetBytes(line));
        }
    }
}
