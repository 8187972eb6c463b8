namespace Throughline.TestServers;

/// <summary>Apache Kafka, three nodes: topics have three replicas, and a coordinator is often another node.</summary>
public sealed class ThreeNodeKafka() : RealKafkaFixture(3);
