using System.Text;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Fuzz.Targets;

/// <summary>Baggage: what is read is within the limits; sent on, nothing changes and nothing new appears.</summary>
internal sealed class BaggageTarget : IFuzzTarget
{
    private const int LengthMax = 8192;
    private const int MembersMax = 180;

    private readonly ContextPropagator _propagator = new(new BaggagePropagator());
    private readonly List<KeyValuePair<string, byte[]>> _received = [];
    private readonly List<KeyValuePair<string, byte[]>> _sent = [];

    /// <inheritdoc/>
    public string Name => "baggage";

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Samples { get; } =
    [
        "userId=alice,serverNode=DF%2028,isProduction=false"u8.ToArray(),
        "key1=value1;property1;property2, key2 = value2, key3=value3; propertyKey=propertyValue"u8.ToArray(),
        "k=%F0%9F%98%80%C3%28%E2%82,umlaut=Am%C3%A9lie+a,broken=%4,%zz="u8.ToArray(),
        Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(0, 64).Select(n => $"k{n}={new string('v', 20)}"))),
    ];

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> input)
    {
        // 1. As bytes.
        _received.Clear();
        _received.Add(new("baggage", input.ToArray()));
        Baggage read = _propagator.Extract(new MessageHeaders(_received)).Baggage;
        FuzzFailureException.Unless(read.Count <= MembersMax, "too many members");

        // 2. As text, where half a character can stand.
        Dictionary<string, string> text = new(StringComparer.Ordinal) { ["baggage"] = WithLoneSurrogates(input) };
        FuzzFailureException.Unless(_propagator.Extract(new TextHeaders(text)).Baggage.Count <= MembersMax, "too many members in text");

        // 3. Sent on: escapes may push members over the limit, but those that are left are the same.
        _sent.Clear();
        _propagator.Inject(default, read, new MessageHeaders(_sent));
        FuzzFailureException.Unless(_sent.All(header => header.Value.Length <= LengthMax), "too long");
        Baggage again = _propagator.Extract(new MessageHeaders(_sent)).Baggage;
        foreach ((string key, string value) in again)
        {
            FuzzFailureException.Unless(read.GetBaggage(key) == value, "a value changed on its way");
        }

        FuzzFailureException.Unless(again.Count == read.Count || input.Length * 3 > LengthMax, "a member got lost");
    }

    private static string WithLoneSurrogates(ReadOnlySpan<byte> input) => string.Create(input.Length, input, static (text, bytes) =>
    {
        for (int at = 0; at < text.Length; at++)
        {
            text[at] = bytes[at] < 0xF0 ? (char)bytes[at] : (char)(0xD800 + bytes[at]);
        }
    });
}
