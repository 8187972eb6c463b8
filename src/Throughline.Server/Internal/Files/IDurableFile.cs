namespace Throughline.Server.Internal.Files;

/// <summary>An open file. Writes come from one thread; reads from any, also meanwhile.</summary>
internal interface IDurableFile : IDisposable
{
    long Length { get; }

    /// <exception cref="IOException">There is no space; how much was written is not known.</exception>
    void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long position);

    /// <summary>How many bytes there were to read: fewer than asked for only at the file's end.</summary>
    int Read(Span<byte> buffer, long position);

    /// <summary>What was written survives a crash once this returns.</summary>
    /// <exception cref="IOException">It may or may not survive; writing more to this file would not mend that.</exception>
    void Sync();

    /// <summary>Cuts the file to a length.</summary>
    void Cut(long length);
}
