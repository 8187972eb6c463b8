namespace Throughline.Kafka.Hosting.Internal.Clients;

/// <summary>A client, and what it says of itself.</summary>
internal sealed record BuiltClient<TClient>(TClient Client, ClientReport Report);
