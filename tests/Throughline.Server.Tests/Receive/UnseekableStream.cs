namespace Throughline.Server.Tests.Receive;

/// <summary>A stream that does not tell its length: HTTP sends it in chunks.</summary>
internal sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;
}
