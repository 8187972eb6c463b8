using System.Text;

namespace Throughline.Server.Internal.Otlp.Json;

/// <summary>A field of a message: its name in JSON, and its tag in protobuf.</summary>
/// <param name="Name">lowerCamelCase, UTF-8.</param>
/// <param name="Tag">Of <see cref="OtlpTags"/>.</param>
/// <param name="Kind">How the one becomes the other. A JSON array of it is the field again and again.</param>
internal sealed record JsonField(byte[] Name, uint Tag, JsonFieldKind Kind)
{
    /// <summary>A message's fields. By delegate: messages lie within themselves.</summary>
    public Func<IReadOnlyList<JsonField>>? Fields { get; private init; }

    /// <summary>An enum's names, by number.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>The bytes that an id has.</summary>
    public int Size { get; private init; }

    public static JsonField Plain(string name, uint tag, JsonFieldKind kind) => new(Encoding.UTF8.GetBytes(name), tag, kind);

    public static JsonField Message(string name, uint tag, Func<IReadOnlyList<JsonField>> fields) =>
        Plain(name, tag, JsonFieldKind.Message) with { Fields = fields };

    public static JsonField Enum(string name, uint tag, IReadOnlyList<string> names) =>
        Plain(name, tag, JsonFieldKind.Enum) with { Names = names };

    public static JsonField Id(string name, uint tag, int size) =>
        Plain(name, tag, JsonFieldKind.Hex) with { Size = size };

    /// <summary>As it stands in messages to whoever sent the JSON.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Name);
}
