using System.Runtime.CompilerServices;
using System.Text;

namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// Where in a message the values lie that the server reads out: noted while the attributes pass by, read at the end, when it
/// is known which are wanted. Nothing is allocated for an attribute.
/// </summary>
internal ref struct AttributeReadings(ReadOnlySpan<byte> message, Names names)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private Values _values;

    /// <summary>An attribute was there that only Kafka's instrumentations write.</summary>
    public bool AreKafkas { get; private set; }

    /// <summary>Takes note of an attribute, and checks that it is well-formed all the way down.</summary>
    /// <param name="keyValue">The KeyValue message.</param>
    /// <param name="start">Where it begins in the message.</param>
    /// <exception cref="MalformedOtlpException">It is not.</exception>
    public void Note(ReadOnlySpan<byte> keyValue, int start)
    {
        var reader = new ProtoReader(keyValue);
        AttributeAlias? alias = null;
        int valueStart = 0, valueLength = 0;
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.KeyValue.Key)
            {
                alias = AttributeAliases.Find(reader.Bytes);
            }
            else if (reader.Tag == OtlpTags.KeyValue.Value)
            {
                OtlpCheck.Value(reader.Bytes);
                valueStart = start + reader.Start;
                valueLength = reader.Bytes.Length;
            }
        }

        if (alias is not null && valueLength > 0)
        {
            Note(alias, valueStart, valueLength);
        }
    }

    public readonly bool Has(SaidBy what) => _values[(int)what].Length > 0;

    /// <summary>The value as the one string of this name, or null.</summary>
    public readonly string? Text(SaidBy what) => Text(what, names);

    /// <summary>The value as a string of its own, for what does not recur; or null.</summary>
    public readonly string? TextOnce(SaidBy what) => Text(what, names: null);

    /// <summary>An array's texts, one a line; another value as it is; or null.</summary>
    public readonly string? Lines(SaidBy what)
    {
        if (!TryGet(what, out var value) || value.Kind != OtlpValueKind.Array)
        {
            return TextOnce(what);
        }

        var lines = new StringBuilder();
        foreach (var item in value.Items)
        {
            if (lines.Length >= Names.TextMax)
            {
                break;
            }

            lines.Append(lines.Length > 0 ? "\n" : "");
            lines.Append(item.Kind == OtlpValueKind.Text ? Names.Once(item.Bytes) : item.ToText());
        }

        return lines.ToString();
    }

    /// <summary>The value's UTF-8; empty where there is none, or where it is no text.</summary>
    public readonly ReadOnlySpan<byte> Utf8(SaidBy what) =>
        TryGet(what, out var value) && value.Kind == OtlpValueKind.Text ? value.Bytes : default;

    /// <summary>The value as a whole number that is not negative, or -1.</summary>
    public readonly long Number(SaidBy what) =>
        TryGet(what, out var value) && value.TryGetInt(out var number) && number >= 0 ? number : -1;

    /// <summary>The same, within an int.</summary>
    public readonly int SmallNumber(SaidBy what) => Number(what) is var number and <= int.MaxValue ? (int)number : -1;

    public readonly bool IsTrue(SaidBy what) => TryGet(what, out var value) && value.IsTrue;

    private void Note(AttributeAlias alias, int start, int length)
    {
        AreKafkas |= alias.IsKafkas;
        ref var known = ref _values[(int)alias.Says];
        if (known.Length == 0 || alias.Rank <= known.Rank)
        {
            known = new Value(start, length, alias.Rank);
        }
    }

    private readonly bool TryGet(SaidBy what, out OtlpValue value)
    {
        var known = _values[(int)what];
        value = known.Length > 0 ? OtlpValue.Read(_message.Slice(known.Start, known.Length)) : default;
        return known.Length > 0;
    }

    private readonly string? Text(SaidBy what, Names? names)
    {
        if (!TryGet(what, out var value))
        {
            return null;
        }

        return value.Kind switch
        {
            OtlpValueKind.Text => names is null ? Names.Once(value.Bytes) : names.Get(value.Bytes),
            // Nobody names a topic in bytes.
            OtlpValueKind.Binary => null,
            _ => value.ToText(),
        };
    }

    private readonly record struct Value(int Start, int Length, byte Rank);

    [InlineArray(AttributeAliases.SaidCount)]
    private struct Values
    {
        private Value _first;
    }
}
