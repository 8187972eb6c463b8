using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>What is known of the client that a producer sends through, and so what of one send serves the next.</summary>
/// <param name="ReportsOnce">It calls a delivery handler once at most, and never after it has thrown.</param>
/// <param name="KeepsNoMessages">Once Produce has returned, nobody has the message or its headers any more.</param>
internal sealed record InnerClient(bool ReportsOnce, bool KeepsNoMessages)
{
    /// <summary>A value's bytes can be told from its type: the serializers are Confluent's.</summary>
    internal bool SizesAreKnown => KeepsNoMessages;

    /// <summary>One that was wrapped: nothing is known of it.</summary>
    internal static readonly InnerClient Unknown = new(ReportsOnce: false, KeepsNoMessages: false);

    private static readonly object[] PlainSerializers =
    [
        Serializers.Utf8,
        Serializers.Null,
        Serializers.Int64,
        Serializers.Int32,
        Serializers.Single,
        Serializers.Double,
        Serializers.ByteArray,
    ];

    /// <summary>
    /// Confluent's own, which copies a message within Produce. It shows the headers to the serializers: the user's might
    /// keep them, its plain ones do not look at them.
    /// </summary>
    internal static InnerClient Confluents(params IEnumerable<object?> serializers) =>
        new(ReportsOnce: true, KeepsNoMessages: serializers.All(each => each is null || PlainSerializers.Contains(each)));
}
