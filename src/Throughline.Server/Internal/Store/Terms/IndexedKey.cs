using System.Text;

namespace Throughline.Server.Internal.Store.Terms;

/// <summary>One of <see cref="IndexedKeys"/>, with its hash.</summary>
internal sealed class IndexedKey(string name)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

    public string Name => name;

    public ReadOnlySpan<byte> Utf8 => _utf8;

    public ulong Hash { get; } = Term.Key(Encoding.UTF8.GetBytes(name));
}
