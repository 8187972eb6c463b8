using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Throughline.Server.Internal.Access;

/// <summary>Who may talk to the server: decided once, at the start.</summary>
internal sealed class AccessRules
{
    private readonly byte[]? _ingestKey;
    private readonly byte[]? _readKey;
    private readonly HashSet<string> _hostNames;

    /// <param name="address">What the server listens on.</param>
    /// <param name="ingestKey">What senders have to show, or null.</param>
    /// <param name="readKey">What readers have to show, or null.</param>
    /// <param name="hostNames">Names by which browsers may reach the server, besides its address and localhost.</param>
    /// <exception cref="ServerSettingsException">Others can reach the address, and a key is missing; or the keys are one.</exception>
    public AccessRules(IPAddress address, string? ingestKey, string? readKey, IEnumerable<string> hostNames)
    {
        if (!IPAddress.IsLoopback(address) && Missing(ingestKey, readKey) is { } missing)
        {
            throw new ServerSettingsException(
                $"address is {address}, which other machines can reach: set {missing} as well, or listen on 127.0.0.1.");
        }

        if (ingestKey is not null && ingestKey == readKey)
        {
            throw new ServerSettingsException(
                "ingest-key and read-key are the same: whoever may send must not be able to read. Set two keys.");
        }

        _ingestKey = HashOf(ingestKey);
        _readKey = HashOf(readKey);
        _hostNames = new HashSet<string>(hostNames, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether a key has to be shown for it.</summary>
    public bool NeedsKey(AccessSide side) => KeyOf(side) is not null;

    /// <summary>Whether this is the key. Takes the same time for every wrong one, however much of it is right.</summary>
    public bool IsKey(AccessSide side, string shown) =>
        KeyOf(side) is { } key && CryptographicOperations.FixedTimeEquals(key, HashOf(shown));

    /// <summary>
    /// Whether a browser may use this name for the server. A page that has its own name lead here (DNS rebinding) cannot
    /// use an address, nor localhost.
    /// </summary>
    /// <param name="host">Without a port; IPv6 in brackets or not.</param>
    public bool IsHost(string host) =>
        IPAddress.TryParse(host.AsSpan().Trim("[]"), out _)
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || _hostNames.Contains(host);

    private static string? Missing(string? ingestKey, string? readKey) => (ingestKey, readKey) switch
    {
        (null, null) => "ingest-key (--ingest-key, THROUGHLINE_INGEST_KEY) and read-key (--read-key, THROUGHLINE_READ_KEY)",
        (null, _) => "ingest-key (--ingest-key, THROUGHLINE_INGEST_KEY)",
        (_, null) => "read-key (--read-key, THROUGHLINE_READ_KEY)",
        _ => null,
    };

    private byte[]? KeyOf(AccessSide side) => side == AccessSide.Ingest ? _ingestKey : _readKey;

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(key))]
    private static byte[]? HashOf(string? key) => key is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
