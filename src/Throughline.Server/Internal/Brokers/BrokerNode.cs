namespace Throughline.Server.Internal.Brokers;

/// <summary>A broker of a cluster.</summary>
/// <param name="Leads">Partitions that it leads.</param>
/// <param name="Holds">Partitions of which it has a replica.</param>
internal sealed record BrokerNode(int Id, string Host, int Port, string? Rack, int Leads, int Holds);
