using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;

namespace Throughline.Server.Internal.Receive;

/// <summary>The compressions that senders may use, by HTTP's and gRPC's names for them.</summary>
internal static class BodyCompression
{
    /// <summary>What is allowed, as headers say it.</summary>
    public const string Allowed = "gzip, deflate";

    /// <summary>What gRPC's header says.</summary>
    public const string AllowedByGrpc = "identity, gzip, deflate";

    private const string Gzip = "gzip";

    /// <summary>HTTP's and gRPC's name for what is in truth the zlib format.</summary>
    private const string Deflate = "deflate";

    /// <returns>False where the name is none that is known; an empty name and <c>identity</c> stand for no compression.</returns>
    public static bool TryOpen(string? name, Stream body, [NotNullWhen(true)] out Stream? opened)
    {
        opened = name switch
        {
            null or "" => body,
            _ when Is(name, "identity") => body,
            _ when Is(name, Gzip) => new GZipStream(body, CompressionMode.Decompress, leaveOpen: true),
            _ when Is(name, Deflate) => new ZLibStream(body, CompressionMode.Decompress, leaveOpen: true),
            _ => null,
        };
        return opened is not null;
    }

    private static bool Is(string name, string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
}
