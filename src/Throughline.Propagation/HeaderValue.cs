using System.Runtime.InteropServices;
using System.Text;

namespace Throughline.Propagation;

/// <summary>A header's value as its carrier holds it: UTF-8 bytes or text, looked at in place.</summary>
public readonly ref struct HeaderValue
{
    // One span for either form: the value is handed around for every header.
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Looks at a value that the carrier holds as UTF-8 bytes.</summary>
    public HeaderValue(ReadOnlySpan<byte> utf8) => _bytes = utf8;

    /// <summary>Looks at a value that the carrier holds as text.</summary>
    public HeaderValue(ReadOnlySpan<char> text)
    {
        _bytes = MemoryMarshal.AsBytes(text);
        IsText = true;
    }

    /// <summary>Gets whether the carrier holds text (<see cref="Text"/>) rather than bytes (<see cref="Utf8"/>).</summary>
    public bool IsText { get; }

    /// <summary>Gets the bytes; empty when <see cref="IsText"/>.</summary>
    public ReadOnlySpan<byte> Utf8 => IsText ? default : _bytes;

    /// <summary>Gets the text; empty unless <see cref="IsText"/>.</summary>
    public ReadOnlySpan<char> Text => IsText ? MemoryMarshal.Cast<byte, char>(_bytes) : default;

    /// <summary>The value as a string; bytes that are not UTF-8 become U+FFFD.</summary>
    public override string ToString() => IsText ? Text.ToString() : Encoding.UTF8.GetString(Utf8);
}
