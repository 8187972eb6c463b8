using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Throughline.TestServers;

namespace Throughline.Kafka.Hosting.Tests.Readme;

/// <summary>The README's snippets, as code that compiles and runs, and as a configuration that a host starts with.</summary>
public sealed class ReadmeTests(EmbeddedKafka kafka) : HostSuite(kafka)
{
    private readonly Mailbox _mail = new();

    private static string Root => ServersFolder.RepositoryRoot()!;

    private static Dictionary<string, string> Told => SnippetText.OfReadme(Path.Combine(Root, "src/Throughline.Kafka.Hosting/README.md"));

    [Fact]
    public async Task Host_runs_with_the_configuration_that_is_shown()
    {
        var builder = Application(null);
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Told["configuration"])));
        var topic = await CreateTopicAsync();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Kafka:BootstrapServers"] = BootstrapServers,
            ["Kafka:Client:security.protocol"] = "plaintext",
            ["Kafka:Consumers:notifications:Topics:0"] = topic,
        });
        builder.Services.AddSingleton<IMailer>(_mail);

        // begin-snippet: host
        builder.Services.AddThroughlineKafka()
            .AddProducer<string, string>()
            .AddConsumer<string, string, NotifyCustomer>("notifications", "orders");
        builder.Services.AddHealthChecks().AddThroughlineKafka();
        // end-snippet
        using var host = builder.Build();
        await host.StartAsync(Cancelled);
        Send(topic, 1);
        await UntilAsync(() => !_mail.Sent.IsEmpty);
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Program_sets_what_the_configuration_does_not()
    {
        var builder = Application(null, ("Kafka:BootstrapServers", BootstrapServers), ("Kafka:Consumers:shipping:Group", KafkaFixture.Unique()));
        builder.Services.AddSingleton<IMailer>(_mail).AddSingleton<IDeserializer<Order>, OrderDeserializer>();

        // begin-snippet: program
        builder.Services.AddThroughlineKafka()
            .ConfigureAll(client => client.SecurityProtocol = SecurityProtocol.Ssl, tracing => tracing.UntracedTopics.Add("audit"))
            .AddConsumer<string, Order, ShipOrder>(
                "shipping",
                shipping => shipping.Topics.Add("orders"),
                (services, client) => client.SetValueDeserializer(services.GetRequiredService<IDeserializer<Order>>()));
        // end-snippet
        using var host = builder.Build();
        await host.StartAsync(Cancelled);
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Clients_are_made_for_tenants()
    {
        var builder = Application(null, ("Kafka:BootstrapServers", BootstrapServers), ("Kafka:Consumers:tenants:Group", KafkaFixture.Unique()));
        builder.Services.AddThroughlineKafka();
        using var host = builder.Build();
        await host.StartAsync(Cancelled);
        var (clients, tenantId) = (host.Services.GetRequiredService<IKafkaClients>(), "t1");

        // begin-snippet: clients
        using var producer = clients.CreateProducer<string, string>("tenants", tenant => tenant.Client.ClientId = tenantId);
        using var consumer = clients.CreateConsumer<string, string>("tenants", tenant => tenant.Topics.Add($"orders-{tenantId}"));
        // end-snippet
        Assert.StartsWith("t1#", producer.Name, StringComparison.Ordinal);
        Assert.Equal(["orders-t1"], consumer.Subscription);
        await host.StopAsync(Cancelled);
    }

    [Fact]
    public void Readme_says_what_is_compiled_here()
    {
        var folder = Path.Combine(Root, "tests/Throughline.Kafka.Hosting.Tests/Readme");
        var compiled = new[] { "ReadmeTests.cs", "NotifyCustomer.cs" }.SelectMany(file => SnippetText.OfCode(Path.Combine(folder, file))).ToDictionary();
        var told = Told;
        Assert.True(told.Remove("configuration"));
        Assert.Equal(compiled.Keys.Order(), told.Keys.Order());
        Assert.All(told, pair => Assert.Equal(compiled[pair.Key], pair.Value));
    }
}
