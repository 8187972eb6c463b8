using Microsoft.Win32.SafeHandles;

namespace Throughline.Server.Internal.Files;

/// <summary>A file on the disk.</summary>
internal sealed class DiskFile(SafeFileHandle handle) : IDurableFile
{
    public long Length => RandomAccess.GetLength(handle);

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long position) =>
        RandomAccess.Write(handle, buffers, position);

    public int Read(Span<byte> buffer, long position)
    {
        var read = 0;
        while (read < buffer.Length)
        {
            var more = RandomAccess.Read(handle, buffer[read..], position + read);
            if (more == 0)
            {
                break;
            }

            read += more;
        }

        return read;
    }

    public void Sync() => RandomAccess.FlushToDisk(handle);

    public void Cut(long length) => RandomAccess.SetLength(handle, length);

    public void Dispose() => handle.Dispose();
}
