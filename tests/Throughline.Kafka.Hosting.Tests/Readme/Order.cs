namespace Throughline.Kafka.Hosting.Tests.Readme;

/// <summary>What the application's own deserializer makes of bytes.</summary>
public sealed record Order(string Id);
