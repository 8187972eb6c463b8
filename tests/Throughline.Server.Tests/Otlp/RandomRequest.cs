using System.Text;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Tests.Otlp;

/// <summary>Makes trace requests that use every field. The same seed makes the same requests.</summary>
internal sealed class RandomRequest(int seed)
{
    private static readonly string[] Keys =
    [
        "messaging.system", "messaging.destination.name", "messaging.kafka.offset", "messaging.message.id", "error.type",
        "exception.type", "server.address", "server.port", "anything", "", "ключ",
    ];

    private readonly Random _random = new(seed);

    public byte[] Next() => OtlpRequest.Of(
        request =>
        {
            for (var spans = _random.Next(4); spans >= 0; spans--)
            {
                AddSpan(request);
            }
        },
        Text(), Text(), ("service.version", Text()));

    private void AddSpan(ProtoWriter request) => OtlpRequest.AddSpan(
        request, Text(), _random.Next(7), span =>
        {
            span.Bytes(OtlpTags.Span.TraceState, "ot=th:8,a=b"u8);
            span.Varint(OtlpTags.Span.DroppedAttributes, (ulong)_random.Next());
            AddAttributes(span, OtlpTags.Span.Attributes);
            for (var events = _random.Next(3); events > 0; events--)
            {
                var it = span.Begin(OtlpTags.Span.Events);
                span.Fixed64(OtlpTags.Event.Time, (ulong)_random.NextInt64());
                span.Bytes(OtlpTags.Event.Name, Encoding.UTF8.GetBytes(Text()));
                AddAttributes(span, OtlpTags.Event.Attributes);
                span.End(it);
            }

            for (var links = _random.Next(3); links > 0; links--)
            {
                var it = span.Begin(OtlpTags.Span.Links);
                span.Bytes(OtlpTags.Link.TraceId, Convert.FromHexString(OtlpRequest.Trace));
                span.Bytes(OtlpTags.Link.SpanId, Convert.FromHexString(OtlpRequest.Span));
                AddAttributes(span, OtlpTags.Link.Attributes);
                span.Fixed32(OtlpTags.Link.Flags, (uint)_random.Next());
                span.End(it);
            }

            var status = span.Begin(OtlpTags.Span.Status);
            span.Bytes(OtlpTags.Status.Message, Encoding.UTF8.GetBytes(Text()));
            span.Varint(OtlpTags.Status.Code, (ulong)_random.Next(3));
            span.End(status);
            span.Fixed32(OtlpTags.Span.Flags, (uint)_random.Next());
        },
        span: _random.NextInt64().ToString("x16"));

    private void AddAttributes(ProtoWriter writer, uint tag)
    {
        for (var count = _random.Next(6); count > 0; count--)
        {
            OtlpRequest.Attribute(writer, tag, Keys[_random.Next(Keys.Length)], Value(depth: 3));
        }
    }

    private object Value(int depth) => _random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => Text(),
        1 => _random.Next(2) == 0,
        2 => _random.NextInt64(long.MinValue, long.MaxValue),
        3 => _random.NextDouble(),
        4 => Bytes(_random.Next(9)),
        5 => Enumerable.Range(0, _random.Next(4)).Select(_ => Value(depth - 1)).ToArray(),
        _ => Enumerable.Range(0, _random.Next(4)).Select(_ => (Text(), Value(depth - 1))).ToArray(),
    };

    private string Text() => new([.. Enumerable.Range(0, _random.Next(8)).Select(_ => "aZ09 .\"\\\n\0é漢\u2028"[_random.Next(13)])]);

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
