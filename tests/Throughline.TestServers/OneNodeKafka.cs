namespace Throughline.TestServers;

/// <summary>Apache Kafka, one node.</summary>
public sealed class OneNodeKafka() : RealKafkaFixture(1);
