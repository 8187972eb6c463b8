using System.Text;
using Confluent.Kafka;

namespace Throughline.Kafka.Hosting.Tests.Readme;

/// <summary>A deserializer of the application's.</summary>
internal sealed class OrderDeserializer : IDeserializer<Order>
{
    public Order Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context) => new(Encoding.UTF8.GetString(data));
}
