using System.Buffers;
using System.Text;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// The words that instrumentations have for what a messaging span does, as an attribute's value or as part of the span's
/// name: <c>orders process</c>, <c>process orders</c>, <c>kafka.consume</c>.
/// </summary>
internal static class OperationWords
{
    private const int LengthMax = 16;

    /// <summary>What the word means; <see cref="MessagingOperation.None"/> of a word that is not known.</summary>
    public static MessagingOperation Of(ReadOnlySpan<byte> word, SpanKind kind)
    {
        Span<byte> lower = stackalloc byte[LengthMax];
        if (word.Length > LengthMax || Ascii.ToLower(word, lower, out var length) != OperationStatus.Done)
        {
            return MessagingOperation.None;
        }

        ReadOnlySpan<byte> known = lower[..length];
        return known switch
        {
            _ when known.SequenceEqual("send"u8) || known.SequenceEqual("publish"u8) || known.SequenceEqual("produce"u8)
                => MessagingOperation.Send,
            _ when known.SequenceEqual("process"u8) || known.SequenceEqual("deliver"u8) || known.SequenceEqual("handle"u8)
                => MessagingOperation.Process,
            _ when known.SequenceEqual("receive"u8) || known.SequenceEqual("recv"u8) || known.SequenceEqual("poll"u8)
                => MessagingOperation.Receive,
            // Guides call the whole of it so: a span of kind CONSUMER is the one in which the handler runs.
            _ when known.SequenceEqual("consume"u8)
                => kind == SpanKind.Consumer ? MessagingOperation.Process : MessagingOperation.Receive,
            _ when known.SequenceEqual("create"u8) => MessagingOperation.Create,
            _ when known.SequenceEqual("settle"u8) || known.SequenceEqual("commit"u8) || known.SequenceEqual("ack"u8)
                => MessagingOperation.Settle,
            _ => MessagingOperation.None,
        };
    }

    /// <summary>Finds such a word at the end or the beginning of a span's name.</summary>
    /// <param name="name">UTF-8.</param>
    /// <param name="kind">The span's.</param>
    /// <param name="topic">What is left of the name, which is the topic's in every convention that puts both into it.</param>
    public static MessagingOperation InName(ReadOnlySpan<byte> name, SpanKind kind, out ReadOnlySpan<byte> topic)
    {
        topic = default;
        var last = name.LastIndexOf((byte)' ');
        if (Of(name[(last + 1)..], kind) is var atEnd and not MessagingOperation.None)
        {
            topic = name[..Math.Max(last, 0)];
            return atEnd;
        }

        var first = name.IndexOf((byte)' ');
        if (first > 0 && Of(name[..first], kind) is var atStart and not MessagingOperation.None)
        {
            topic = name[(first + 1)..];
            return atStart;
        }

        return name.StartsWith("kafka."u8) ? Of(name["kafka.".Length..], kind) : MessagingOperation.None;
    }
}
