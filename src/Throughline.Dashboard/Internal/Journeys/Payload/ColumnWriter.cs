using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Throughline.Dashboard.Internal.Journeys.Payload;

/// <summary>
/// Columns of numbers as browsers read them without copying: four bytes of length, so much JSON that says where each column
/// is, then the columns, little-endian, each at a multiple of eight.
/// </summary>
internal sealed class ColumnWriter
{
    private const int Alignment = 8;

    private readonly List<(string Name, string Type, int Offset, int Length)> _columns = [];
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <param name="name">What the browser asks for it by.</param>
    /// <param name="values">Of <c>byte</c>, <c>ushort</c>, <c>int</c>, <c>uint</c> or <c>double</c>.</param>
    public void Add<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Columns are written as they lie in memory: little-endian.");
        }

        Align();
        _columns.Add((name, TypeOf<T>(), _bytes.WrittenCount, values.Length));
        _bytes.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>All of it. Offsets count from the end of the JSON, rounded up to eight.</summary>
    /// <param name="head">Writes further properties of the JSON object.</param>
    public byte[] Write(Action<Utf8JsonWriter> head)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            head(json);
            json.WriteStartObject("columns"u8);
            foreach (var (name, type, offset, length) in _columns)
            {
                json.WriteStartArray(name);
                json.WriteStringValue(type);
                json.WriteNumberValue(offset);
                json.WriteNumberValue(length);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        var begin = Rounded(sizeof(int) + (int)text.Length);
        var all = new byte[begin + _bytes.WrittenCount];
        BinaryPrimitives.WriteInt32LittleEndian(all, (int)text.Length);
        text.GetBuffer().AsSpan(0, (int)text.Length).CopyTo(all.AsSpan(sizeof(int)));
        _bytes.WrittenSpan.CopyTo(all.AsSpan(begin));
        return all;
    }

    private void Align()
    {
        var missing = Rounded(_bytes.WrittenCount) - _bytes.WrittenCount;
        _bytes.GetSpan(Alignment)[..missing].Clear();
        _bytes.Advance(missing);
    }

    private static int Rounded(int length) => (length + Alignment - 1) / Alignment * Alignment;

    private static string TypeOf<T>() => typeof(T) switch
    {
        var type when type == typeof(byte) => "u8",
        var type when type == typeof(ushort) => "u16",
        var type when type == typeof(int) => "i32",
        var type when type == typeof(uint) => "u32",
        var type when type == typeof(double) => "f64",
        var type => throw new NotSupportedException($"There is no column of {type.Name}."),
    };
}
