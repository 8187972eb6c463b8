using System.Globalization;

namespace Throughline.Server.Load.Generation;

/// <summary>Services, their instances, and the topics between them.</summary>
internal sealed class Topology
{
    private static readonly string[] Domains =
        ["order", "payment", "billing", "shipping", "inventory", "customer", "pricing", "notification", "search", "fraud", "loyalty", "catalog"];

    private static readonly string[] Roles = ["service", "worker", "gateway", "projector", "adapter"];

    public Topology(TrafficOptions options)
    {
        var random = new Random(options.Seed);
        Services = [.. Enumerable.Range(0, options.Services).Select(i => new ServiceShape(i, NameOf(i), options.InstancesPerService, random))];
        Topics = [.. Enumerable.Range(0, options.Topics).Select(i => TopicOf(i, options, random))];
        ServicePick = new Zipf(options.Services);
        TopicPick = new Zipf(options.Topics);
    }

    public IReadOnlyList<ServiceShape> Services { get; }

    public IReadOnlyList<TopicShape> Topics { get; }

    public Zipf ServicePick { get; }

    public Zipf TopicPick { get; }

    private static string NameOf(int service) => service < Domains.Length * Roles.Length
        ? $"{Domains[service % Domains.Length]}-{Roles[service / Domains.Length]}"
        : string.Create(CultureInfo.InvariantCulture, $"service-{service}");

    private TopicShape TopicOf(int topic, TrafficOptions options, Random random)
    {
        var groups = 1 + random.Next(3);
        return new TopicShape(
            topic < Domains.Length ? Domains[topic] + "-events" : string.Create(CultureInfo.InvariantCulture, $"{Domains[topic % Domains.Length]}-{topic}"),
            [.. Enumerable.Range(0, groups).Select(_ => Services[random.Next(Services.Count)])],
            new long[options.PartitionsPerTopic].Select(_ => (long)random.Next(1_000_000, 50_000_000)).ToArray());
    }
}
