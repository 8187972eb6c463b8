using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>The user's deserializer, or the client's own for the type, with a look at the bytes in front of it.</summary>
internal sealed class KeepingDeserializer<T>(IDeserializer<T> inner, OriginalKeeper keeper) : IDeserializer<T>
{
    /// <summary><see langword="null"/> for a type that the client itself must refuse, having no deserializer for it.</summary>
    internal static KeepingDeserializer<T>? Around(IDeserializer<T>? users, OriginalKeeper keeper) =>
        (users ?? ClientsOwn()) is { } inner ? new(inner, keeper) : null;

    public T Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (keeper.IsOn)
        {
            Keep(data, isNull, context.Component);
        }

        return inner.Deserialize(data, isNull, context);
    }

    private void Keep(ReadOnlySpan<byte> data, bool isNull, MessageComponentType component)
    {
        if (component == MessageComponentType.Key)
        {
            keeper.KeepKey(data, isNull);
        }
        else
        {
            keeper.KeepValue(data, isNull);
        }
    }

    private static IDeserializer<T>? ClientsOwn()
    {
        object[] known =
        [
            Deserializers.Null, Deserializers.Ignore, Deserializers.Int32, Deserializers.Int64, Deserializers.Utf8,
            Deserializers.Single, Deserializers.Double, Deserializers.ByteArray,
        ];
        return known.OfType<IDeserializer<T>>().FirstOrDefault();
    }
}
