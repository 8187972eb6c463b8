using System.Globalization;
using System.Text;
using System.Text.Json;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Otlp.Json;
using Throughline.Server.Internal.Zipkin;

namespace Throughline.Server.Tests.Otlp;

/// <summary>
/// Requests with a few bytes changed; THROUGHLINE_FUZZ_INPUTS asks for more of them. Whatever comes is read, or refused in the one way; what is read can be read again to
/// its last attribute. A failure names its seed.
/// </summary>
public sealed class FuzzTests
{
    private const string InputsVariable = "THROUGHLINE_FUZZ_INPUTS";

    /// <summary>More of them on request: the variable's.</summary>
    private static readonly int Inputs =
        int.TryParse(Environment.GetEnvironmentVariable(InputsVariable), CultureInfo.InvariantCulture, out var inputs) ? inputs : 8_000;

    /// <summary>Bytes allocated for a byte of input at most, beside <see cref="AllocatedBase"/>.</summary>
    private const int AllocatedFactor = 60;

    private const int AllocatedBase = 32 * 1024;

    private readonly OtlpDecoder _decoder = new();

    [Fact]
    public void Changed_protobuf_is_read_whole_or_refused_and_allocates_in_proportion() => Run(
        seed => new RandomRequest(seed).Next(), (input, kind) =>
        {
            ReadAll(kind, input);
        });

    [Fact]
    public void Changed_JSON_becomes_protobuf_that_is_well_formed_or_is_refused() => Run(JsonSample, (input, kind) =>
    {
        using var protobuf = OtlpJsonReader.Read(kind, input);
        ReadAll(kind, protobuf.Written.ToArray());
    });

    [Fact]
    public void Changed_Zipkin_JSON_becomes_protobuf_that_is_well_formed_or_is_refused() => Run(ZipkinSample, (input, _) =>
    {
        using var protobuf = ZipkinReader.Read(input, DateTimeOffset.UnixEpoch);
        ReadAll(SignalKind.Traces, protobuf.Written.ToArray());
    });

    private static void Run(Func<int, byte[]> sample, Action<byte[], SignalKind> read)
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        byte[][] samples = [.. Enumerable.Range(0, 20).Select(i => sample(seed + i))];
        for (var i = 0; i < Inputs; i++)
        {
            var input = Change(samples[random.Next(samples.Length)], samples, random);
            var kind = (SignalKind)random.Next(1, 4);
            var signal = random.Next(4) > 0 ? SignalKind.Traces : kind;
            var allowed = AllocatedBase + ((long)AllocatedFactor * input.Length);
            var allocated = Allocated();
            if (allocated > allowed)
            {
                // The first error of a kind loads its texts.
                allocated = Allocated();
            }

            Assert.True(allocated <= allowed, $"input {i} of seed {seed}, of {input.Length} bytes, allocated {allocated}");

            long Allocated()
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    read(input, signal);
                }
                catch (MalformedOtlpException)
                {
                    // The one way to refuse.
                }
                catch (Exception e)
                {
                    Assert.Fail($"input {i} of seed {seed} ({Convert.ToHexString(input)}): {e}");
                }

                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }
    }

    private static byte[] Change(byte[] sample, byte[][] samples, Random random)
    {
        List<byte> input = [.. sample];
        for (var changes = random.Next(1, 6); changes > 0 && input.Count > 0; changes--)
        {
            var at = random.Next(input.Count);
            var length = random.Next(Math.Min(40, input.Count - at));
            switch (random.Next(6))
            {
                case 0:
                    input[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    input[at] = (byte)random.Next(256);
                    break;
                case 2:
                    input.RemoveRange(at, length);
                    break;
                case 3:
                    input.InsertRange(at, input.GetRange(at, length));
                    break;
                case 4:
                    var other = samples[random.Next(samples.Length)];
                    var from = random.Next(other.Length);
                    input.InsertRange(at, other[from..Math.Min(other.Length, from + length)]);
                    break;
                default:
                    input.RemoveRange(at, input.Count - at);
                    break;
            }
        }

        return [.. input];
    }

    /// <summary>Reads the request, and everything that it kept, as stores and exports do.</summary>
    private void ReadAll(SignalKind kind, byte[] payload)
    {
        using var json = new Utf8JsonWriter(Stream.Null);
        switch (kind)
        {
            case SignalKind.Traces:
                foreach (var span in _decoder.Traces(payload).Spans)
                {
                    var body = payload.AsSpan(span.Position.Start, span.Position.Length);
                    Assert.Equal(span.Key, _decoder.ReadSpan(body, span.Source).Key);
                    OtlpJsonWriter.Span(json, body);
                    json.Reset();
                    OtlpJsonWriter.Resource(json, span.Source.ResourceBytes.Span);
                    json.Reset();
                    OtlpJsonWriter.Scope(json, span.Source.ScopeBytes.Span);
                    json.Reset();
                }

                break;
            case SignalKind.Logs:
                foreach (var log in _decoder.Logs(payload).Logs)
                {
                    OtlpJsonWriter.Log(json, payload.AsSpan(log.Position.Start, log.Position.Length));
                    json.Reset();
                }

                break;
            default:
                _decoder.Metrics(payload);
                break;
        }
    }

    private static byte[] JsonSample(int seed)
    {
        var request = new RandomRequest(seed).Next();
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            OtlpJsonWriter.Traces(json, new OtlpDecoder().Traces(request).Spans.Select(span =>
                new Server.Internal.Store.StoredSpan(span, request.AsMemory(span.Position.Start, span.Position.Length))));
        }

        return stream.ToArray();
    }

    private static byte[] ZipkinSample(int seed) => Encoding.UTF8.GetBytes($$$"""
        [{"traceId":"{{{(uint)seed:x8}}}","parentId":"2","id":"{{{(uint)seed:x}}}","kind":"PRODUCER","name":"send","timestamp":1472470996199000,
          "duration":207000,"shared":true,"localEndpoint":{"serviceName":"frontend","ipv4":"192.168.0.1","port":8080},
          "remoteEndpoint":{"serviceName":"kafka","ipv6":"::1","port":9092},
          "annotations":[{"timestamp":1472470996238000,"value":"ws"},{"timestamp":2,"value":"\"e\":{\"exception.type\":\"X\"}"}],
          "tags":{"kafka.topic":"orders","otel.link.0":"1-2","otel.link.0.a":"b","error":"","otel.scope.name":"s","w3c.tracestate":"ot=th:8"}}]
        """);
}
