using System.Diagnostics.CodeAnalysis;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>Reads a Span message into its facts.</summary>
internal sealed class SpanDecoder(Names names)
{
    /// <summary>
    /// Links of a span that become facts; the rest is kept with the span and not followed. SDKs stop at 128 unless told
    /// otherwise.
    /// </summary>
    public const int LinksMax = 4096;

    private const uint RemoteIsKnown = 0x100;
    private const uint RemoteIsTrue = 0x200;

    private readonly MessagingReader _messaging = new(names);

    /// <returns>False where the span has no usable identity, with the cause.</returns>
    /// <exception cref="MalformedOtlpException">It is no Span message.</exception>
    public bool TryRead(
        ReadOnlySpan<byte> body, SpanSource source,
        [NotNullWhen(true)] out SpanFacts? span, [NotNullWhen(false)] out string? cause)
    {
        // 1. All of the message, once; attributes are noted, not read.
        var parts = default(SpanParts);
        parts.Weight = 1;
        var said = new AttributeReadings(body, names);
        var reader = new ProtoReader(body);
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.Span.Attributes)
            {
                said.Note(reader.Bytes, reader.Start);
            }
            else
            {
                Take(in reader, ref parts);
            }
        }

        // 2. Who it is.
        span = null;
        cause = parts.IdProblem();
        if (cause is not null)
        {
            return false;
        }

        // 3. What it says.
        span = new SpanFacts
        {
            TraceId = parts.TraceId,
            SpanId = parts.SpanId,
            ParentSpanId = parts.ParentSpanId,
            Kind = parts.Kind,
            Status = parts.Status,
            IsParentRemote = parts.IsParentRemote,
            StartUnixNs = parts.StartUnixNs,
            EndUnixNs = parts.EndUnixNs,
            Name = names.Get(parts.Name),
            Source = source,
            ErrorType = said.Text(SaidBy.ErrorType) ?? parts.ExceptionType ?? said.Text(SaidBy.ExceptionType),
            Weight = parts.Weight,
            Messaging = _messaging.Read(in said, parts.Name, parts.Kind, source),
            Links = parts.Links is { } links ? links : [],
        };
        return true;
    }

    private void Take(in ProtoReader field, ref SpanParts parts)
    {
        switch (field.Tag)
        {
            case OtlpTags.Span.TraceId:
                parts.TakeTraceId(field.Bytes);
                break;
            case OtlpTags.Span.SpanId:
                parts.TakeSpanId(field.Bytes);
                break;
            case OtlpTags.Span.TraceState:
                parts.Weight = TraceStateWeight.Of(field.Bytes);
                break;
            case OtlpTags.Span.ParentSpanId:
                parts.TakeParentSpanId(field.Bytes);
                break;
            case OtlpTags.Span.Name:
                parts.Name = field.Bytes;
                break;
            case OtlpTags.Span.Kind:
                parts.Kind = field.Number <= (ulong)SpanKind.Consumer ? (SpanKind)field.Number : SpanKind.Unspecified;
                break;
            case OtlpTags.Span.Start:
                parts.StartUnixNs = field.Time;
                break;
            case OtlpTags.Span.End:
                parts.EndUnixNs = field.Time;
                break;
            case OtlpTags.Span.Events:
                parts.ExceptionType ??= ExceptionType(field.Bytes);
                break;
            case OtlpTags.Span.Links:
                TakeLink(field.Bytes, ref parts);
                break;
            case OtlpTags.Span.Status:
                parts.Status = Status(field.Bytes);
                break;
            case OtlpTags.Span.Flags:
                parts.IsParentRemote = (field.Number & RemoteIsKnown) == 0 ? null : (field.Number & RemoteIsTrue) != 0;
                break;
        }
    }

    private string? ExceptionType(ReadOnlySpan<byte> message)
    {
        var said = new AttributeReadings(message, names);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.Event.Attributes)
            {
                said.Note(reader.Bytes, reader.Start);
            }
        }

        return said.Text(SaidBy.ExceptionType);
    }

    private void TakeLink(ReadOnlySpan<byte> message, ref SpanParts parts)
    {
        var link = OtlpLink.Read(message);
        var said = new AttributeReadings(message, names);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.Link.Attributes)
            {
                said.Note(reader.Bytes, reader.Start);
            }
        }

        var key = link.Key;
        if (!key.TraceId.IsValid || key.SpanId == 0 || parts.Links is { Count: LinksMax })
        {
            return;
        }

        var partition = said.SmallNumber(SaidBy.Partition);
        var offset = said.Number(SaidBy.Offset);
        MessagingReader.RecordInMessageId(
            said.Utf8(SaidBy.MessageId), said.Utf8(SaidBy.Topic), ref partition, ref offset);
        (parts.Links ??= new List<SpanLink>(1)).Add(
            new SpanLink(key, partition, offset, said.Text(SaidBy.Topic), link.IsSampled));
    }

    private static SpanStatus Status(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        var status = SpanStatus.Unset;
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.Status.Code)
            {
                status = reader.Number <= (ulong)SpanStatus.Error ? (SpanStatus)reader.Number : SpanStatus.Unset;
            }
        }

        return status;
    }
}
