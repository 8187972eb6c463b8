using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Otlp;

/// <summary>
/// One <see cref="SpanSource"/> for a resource and scope that recur, told by their bytes. Bounded and shared in the way of
/// <see cref="Names"/>: what was pushed out gets another object when it comes again.
/// </summary>
internal sealed class SpanSources(Names names)
{
    /// <summary>Sources kept at most.</summary>
    public const int CountMax = 4 * 1024;

    /// <summary>A resource and scope of more bytes are not kept: a source per request is the sender's choice then.</summary>
    public const int BytesMax = 8 * 1024;

    private const int Ways = 4;
    private const string UnknownService = "unknown_service";

    private readonly Entry?[] _entries = new Entry?[CountMax];
    private uint _turn;

    /// <summary>The source of these Resource and InstrumentationScope messages.</summary>
    /// <exception cref="MalformedOtlpException">One of them is none.</exception>
    public SpanSource Get(ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope)
    {
        if (resource.Length + scope.Length > BytesMax)
        {
            return Read(resource, scope);
        }

        var hash = Hash(resource, scope);
        var set = (hash & (CountMax - 1)) / Ways * Ways;
        for (var i = 0; i < Ways; i++)
        {
            if (_entries[set + i] is { } entry && entry.Hash == hash && IsOf(entry.Source, resource, scope))
            {
                return entry.Source;
            }
        }

        var source = Read(resource, scope);
        Volatile.Write(ref _entries[Place(set)], new Entry(hash, source));
        return source;
    }

    private SpanSource Read(ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope)
    {
        var said = new AttributeReadings(resource, names);
        var reader = new ProtoReader(resource);
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.Resource.Attributes)
            {
                said.Note(reader.Bytes, reader.Start);
            }
        }

        return new SpanSource
        {
            Service = said.Text(SaidBy.Service) is { Length: > 0 } service ? service : UnknownService,
            ServiceVersion = said.Text(SaidBy.ServiceVersion),
            Environment = said.Text(SaidBy.Environment),
            ConsumerGroup = said.Text(SaidBy.Group),
            ScopeName = names.Get(ScopeName(scope)),
            ResourceBytes = resource.ToArray(),
            ScopeBytes = scope.ToArray(),
        };
    }

    private static ReadOnlySpan<byte> ScopeName(ReadOnlySpan<byte> scope)
    {
        var reader = new ProtoReader(scope);
        ReadOnlySpan<byte> name = default;
        while (reader.Next())
        {
            if (reader.Tag == OtlpTags.Scope.Name)
            {
                name = reader.Bytes;
            }
            else if (reader.Tag == OtlpTags.Scope.Attributes)
            {
                OtlpCheck.Attribute(reader.Bytes);
            }
        }

        return name;
    }

    private int Place(int set)
    {
        for (var i = 0; i < Ways; i++)
        {
            if (_entries[set + i] is null)
            {
                return set + i;
            }
        }

        return set + (int)(_turn++ % Ways);
    }

    private static bool IsOf(SpanSource source, ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope) =>
        resource.SequenceEqual(source.ResourceBytes.Span) && scope.SequenceEqual(source.ScopeBytes.Span);

    private static int Hash(ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope)
    {
        var hash = default(HashCode);
        hash.AddBytes(resource);
        hash.Add(resource.Length);
        hash.AddBytes(scope);
        return hash.ToHashCode();
    }

    private sealed record Entry(int Hash, SpanSource Source);
}
