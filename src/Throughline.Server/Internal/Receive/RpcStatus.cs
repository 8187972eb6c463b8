using System.Text.Json;
using Throughline.Server.Internal.Otlp;

namespace Throughline.Server.Internal.Receive;

/// <summary>google.rpc.Status: how OTLP tells why a request was refused.</summary>
/// <param name="Code">The kind of refusal.</param>
/// <param name="Message">The cause.</param>
/// <param name="RetryAfter">With a RetryInfo among the details: try again, and when. Without it, gRPC's clients must not.</param>
internal readonly record struct RpcStatus(RpcCode Code, string Message, TimeSpan? RetryAfter = null)
{
    private const uint CodeTag = (1 << 3) | (uint)WireType.Varint;
    private const uint MessageTag = (2 << 3) | (uint)WireType.Bytes;
    private const uint DetailsTag = (3 << 3) | (uint)WireType.Bytes;

    public static RpcStatus Of(ReceiveAnswer answer) => answer.Result switch
    {
        ReceiveResult.Busy => new(RpcCode.Unavailable, answer.Message ?? "", answer.RetryAfter),
        ReceiveResult.TooLarge => new(RpcCode.ResourceExhausted, answer.Message ?? ""),
        ReceiveResult.Unsupported => new(RpcCode.Unimplemented, answer.Message ?? ""),
        ReceiveResult.TimedOut => new(RpcCode.DeadlineExceeded, answer.Message ?? ""),
        _ => new(RpcCode.InvalidArgument, answer.Message ?? ""),
    };

    public byte[] ToProtobuf()
    {
        using var writer = new ProtoWriter();
        writer.Varint(CodeTag, (ulong)Code);
        writer.Text(MessageTag, Message);
        if (RetryAfter is { } delay)
        {
            WriteRetryInfo(writer, delay);
        }

        return writer.Written.ToArray();
    }

    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("code"u8, (int)Code);
            json.WriteString("message"u8, Message);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    // An Any { type_url = 1, value = 2 } that holds a RetryInfo { retry_delay = 1 }, a Duration { seconds = 1, nanos = 2 }.
    private static void WriteRetryInfo(ProtoWriter writer, TimeSpan delay)
    {
        var any = writer.Begin(DetailsTag);
        writer.Text((1 << 3) | (uint)WireType.Bytes, "type.googleapis.com/google.rpc.RetryInfo");
        var info = writer.Begin((2 << 3) | (uint)WireType.Bytes);
        var duration = writer.Begin((1 << 3) | (uint)WireType.Bytes);
        writer.Varint((1 << 3) | (uint)WireType.Varint, (ulong)(delay.Ticks / TimeSpan.TicksPerSecond));
        writer.Varint(
            (2 << 3) | (uint)WireType.Varint,
            (ulong)(delay.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick));
        writer.End(duration);
        writer.End(info);
        writer.End(any);
    }
}
