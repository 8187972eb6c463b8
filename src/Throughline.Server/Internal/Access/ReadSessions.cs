using System.Buffers.Text;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Throughline.Server.Internal.Access;

/// <summary>
/// Browsers that have shown the read key. What they keep is an end and its signature by the key: nothing is remembered here,
/// a restart changes nothing, and another key ends every session.
/// </summary>
internal sealed class ReadSessions(AccessRules rules, string? readKey, TimeProvider time)
{
    public const string CookieName = "throughline-session";

    private const int EndBytes = sizeof(long);

    private readonly byte[] _secret = SHA256.HashData(Encoding.UTF8.GetBytes($"throughline session\n{readKey}"));

    public static TimeSpan Length { get; } = TimeSpan.FromHours(12);

    /// <summary>Whether a key has to be shown at all.</summary>
    public bool AreNeeded => rules.NeedsKey(AccessSide.Read);

    /// <summary>What a browser keeps, or null where the key is another.</summary>
    public string? Open(string shownKey)
    {
        if (!rules.IsKey(AccessSide.Read, shownKey))
        {
            return null;
        }

        Span<byte> token = stackalloc byte[EndBytes + HMACSHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(token, time.GetUtcNow().Add(Length).ToUnixTimeSeconds());
        HMACSHA256.HashData(_secret, token[..EndBytes], token[EndBytes..]);
        return Base64Url.EncodeToString(token);
    }

    public bool IsOpen(string? token)
    {
        Span<byte> shown = stackalloc byte[EndBytes + HMACSHA256.HashSizeInBytes];
        if (token is null || !AreNeeded || !Base64Url.TryDecodeFromChars(token, shown, out var length) || length != shown.Length)
        {
            return false;
        }

        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, shown[..EndBytes], signature);
        return CryptographicOperations.FixedTimeEquals(signature, shown[EndBytes..])
            && BinaryPrimitives.ReadInt64BigEndian(shown) > time.GetUtcNow().ToUnixTimeSeconds();
    }
}
