using Throughline.Server.Internal.Files;

namespace Throughline.Server.Kill;

/// <summary>A file of <see cref="KillingFiles"/>.</summary>
internal sealed class KillingFile(IDurableFile inner, KillSwitch kill) : IDurableFile
{
    public long Length => inner.Length;

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> buffers, long position)
    {
        inner.Write(buffers, position);
        kill.Pass(KillPoint.Append);
    }

    public int Read(Span<byte> buffer, long position) => inner.Read(buffer, position);

    public void Sync()
    {
        inner.Sync();
        kill.Pass(KillPoint.Acknowledge);
    }

    public void Cut(long length) => inner.Cut(length);

    public void Dispose() => inner.Dispose();
}
