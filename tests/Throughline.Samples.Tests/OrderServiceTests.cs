using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Throughline.Testing;

namespace Throughline.Samples.Tests;

public class OrderServiceTests(KafkaBroker broker) : IClassFixture<KafkaBroker>
{
    private const string Valid =
        """{"customer":"name@example.com","items":[{"sku":"tea","quantity":2,"unitPrice":4.50},{"sku":"cup","quantity":1,"unitPrice":12.90}]}""";

    [Fact]
    public async Task A_valid_order_is_saved_and_announced()
    {
        var topic = broker.CreateTopic();
        await using var service = await RunningOrderService.StartAsync(broker.BootstrapServers, topic);

        var response = await service.PostAsync(Valid);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var order = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var id = order.RootElement.GetProperty("id").GetString()!;
        Assert.Equal(21.90m, order.RootElement.GetProperty("amount").GetDecimal());
        Assert.Equal($"/orders/{id}", response.Headers.Location!.ToString());
        Assert.Equal(
            await response.Content.ReadAsStringAsync(), await service.Http.GetStringAsync(response.Headers.Location));

        var record = Assert.Single(broker.Read(topic, 1));
        Assert.Equal("name@example.com", record.Key);
        using var announced = JsonDocument.Parse(record.Value);
        Assert.Equal(id, announced.RootElement.GetProperty("orderId").GetString());
        Assert.Equal(21.90m, announced.RootElement.GetProperty("amount").GetDecimal());
    }

    [Fact]
    public async Task The_request_its_steps_and_the_record_are_one_trace()
    {
        var topic = broker.CreateTopic();
        await using var service = await RunningOrderService.StartAsync(broker.BootstrapServers, topic);
        using var spans = SpanRecorder.Start("Microsoft.AspNetCore", "OrderService", "Throughline.Kafka");

        var response = await service.PostAsync(Valid);
        var order = response.Headers.Location!.ToString().Split('/')[^1];
        var create = await spans.WaitForAsync(it => Equals(it.Tag("order.id"), order));
        await spans.WaitForAsync(it => it.TraceId == create.TraceId && it.IsRoot);

        var trace = spans.Trace(create.TraceId).HasSpans(5).AssertNoOrphans();
        trace.Span("POST /orders").IsRoot().HasKind(ActivityKind.Server)
            .HasTag("http.request.method", "POST").HasTag("url.path", "/orders")
            .HasTag("http.route", "/orders").HasTag("http.response.status_code", 201);
        trace.Span("create_order").HasParent("POST /orders").HasTag("order.amount", 21.90);
        trace.Span("INSERT orders").HasParent("create_order").HasKind(ActivityKind.Client)
            .HasTag("db.system.name", "sqlite").HasTag("db.collection.name", "orders");
        trace.Span($"send {topic}").HasParent("create_order").HasKind(ActivityKind.Producer);
        trace.Span("UPDATE orders").HasParent("create_order");
    }

    [Theory]
    [InlineData("""{}""", "customer", "items")]
    [InlineData("""null""", "$")]
    [InlineData("""{"customer":"nobody","items":[{"sku":"tea","quantity":1,"unitPrice":1}]}""", "customer")]
    [InlineData("""{"customer":"Name <name@example.com>","items":[{"sku":"tea","quantity":1,"unitPrice":1}]}""", "customer")]
    [InlineData("""{"customer":"name@example.com","items":[]}""", "items")]
    [InlineData("""{"customer":"name@example.com","items":[null]}""", "items[0].sku", "items[0].quantity", "items[0].unitPrice")]
    [InlineData("""{"customer":"name@example.com","items":[{"sku":" ","quantity":1,"unitPrice":1}]}""", "items[0].sku")]
    [InlineData("""{"customer":"name@example.com","items":[{"sku":"tea","quantity":0,"unitPrice":1}]}""", "items[0].quantity")]
    [InlineData("""{"customer":"name@example.com","items":[{"sku":"tea","quantity":1001,"unitPrice":1}]}""", "items[0].quantity")]
    [InlineData("""{"customer":"name@example.com","items":[{"sku":"tea","quantity":1,"unitPrice":-1}]}""", "items[0].unitPrice")]
    [InlineData("""{"customer":"name@example.com","items":[{"sku":"tea","quantity":1,"unitPrice":0.001}]}""", "items[0].unitPrice")]
    [InlineData("""{"customer":"name@example.com","items":[{"sku":"tea","quantity":"two","unitPrice":1}]}""", "items[0].quantity")]
    [InlineData("""{"customer":7,"items":[]}""", "customer")]
    [InlineData("""{"customer":"name@example.com",""", "$")]
    [InlineData("""customer=name""", "$")]
    [InlineData("", "$")]
    public async Task Bad_input_gets_a_400_that_names_the_fields(string body, params string[] fields)
    {
        await using var service = await RunningOrderService.StartAsync(broker.BootstrapServers, broker.CreateTopic());

        var response = await service.PostAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var errors = problem.RootElement.GetProperty("errors").EnumerateObject().ToArray();
        Assert.Equal(fields, errors.Select(error => error.Name));
        Assert.All(errors, error => Assert.NotEmpty(error.Value[0].GetString()!));
    }

    [Theory]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType, 10)]
    [InlineData("application/json", HttpStatusCode.RequestEntityTooLarge, 100_000)]
    public async Task What_cannot_be_read_at_all_is_a_problem_too(string contentType, HttpStatusCode status, int size)
    {
        await using var service = await RunningOrderService.StartAsync(broker.BootstrapServers, broker.CreateTopic());

        var response = await service.PostAsync($"{{\"customer\":\"{new string('a', size)}\"}}", contentType);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_unknown_order_is_a_404_and_a_problem()
    {
        await using var service = await RunningOrderService.StartAsync(broker.BootstrapServers, broker.CreateTopic());

        var response = await service.Http.GetAsync($"/orders/{Guid.NewGuid()}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_stop_in_the_middle_loses_no_accepted_order()
    {
        var topic = broker.CreateTopic();
        await using var service = await RunningOrderService.StartAsync(broker.BootstrapServers, topic);
        var posts = Enumerable.Range(0, 60).Select(_ => service.PostAsync(Valid)).ToArray();
        await Task.WhenAny(posts);

        await service.StopAsync();

        var accepted = new List<string>();
        foreach (var post in posts)
        {
            try
            {
                accepted.Add((await post).Headers.Location!.ToString().Split('/')[^1]);
            }
            catch (HttpRequestException)
            {
                // Came too late: refused, and the customer knows.
            }
        }

        Assert.NotEmpty(accepted);
        var announced = broker.Read(topic, accepted.Count).Select(record => OrderOf(record.Value)).ToHashSet();
        Assert.Subset(announced, accepted.ToHashSet());
    }

    [Fact]
    public async Task An_event_that_Kafka_never_takes_is_told_of_and_leaves_the_outbox()
    {
        var topic = broker.CreateTopic();
        await using var service = await RunningOrderService.StartAsync(
            broker.BootstrapServers, topic, sendTimeout: TimeSpan.FromMilliseconds(200), kafkaConfig: new() { ["message.max.bytes"] = "1000" });
        using var spans = SpanRecorder.Start("OrderService", "Throughline.Kafka");
        var large = Valid.Replace("\"items\"", $"\"note\":\"{new string('n', 2000)}\",\"items\"", StringComparison.Ordinal);

        var refused = await service.PostAsync(large);
        var accepted = await service.PostAsync(Valid);

        Assert.Equal(HttpStatusCode.Accepted, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Created, accepted.StatusCode);
        var order = refused.Headers.Location!.ToString().Split('/')[^1];
        Assert.Equal(HttpStatusCode.OK, (await service.Http.GetAsync(refused.Headers.Location)).StatusCode);
        var create = await spans.WaitForAsync(it => Equals(it.Tag("order.id"), order));
        spans.Trace(create.TraceId).Span($"send {topic}").HasTag("error.type", "MESSAGE_TOO_LARGE");
        Assert.Empty(service.Store.FindUnannounced(DateTimeOffset.MaxValue, countMax: 10));
    }

    private static string OrderOf(string announcement)
    {
        using var order = JsonDocument.Parse(announcement);
        return order.RootElement.GetProperty("orderId").GetString()!;
    }
}
