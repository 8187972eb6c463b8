using System.Net;
using Throughline.Testing;

namespace Throughline.Samples.Tests;

public sealed class OrderServiceOutageTests : IDisposable
{
    private const string Valid =
        """{"customer":"name@example.com","items":[{"sku":"tea","quantity":1,"unitPrice":4.50}]}""";

    private readonly KafkaBroker _broker = new();

    [Fact]
    public async Task An_order_that_Kafka_cannot_take_now_is_accepted_and_announced_later_in_its_own_trace()
    {
        var topic = _broker.CreateTopic();
        await using var service = await RunningOrderService.StartAsync(
            _broker.BootstrapServers, topic, sendTimeout: TimeSpan.FromMilliseconds(500));
        using var spans = SpanRecorder.Start("Microsoft.AspNetCore", "OrderService", "Throughline.Kafka");
        await service.WaitForAsync("/health/ready", HttpStatusCode.OK);
        _broker.TakeDown();

        var response = await service.PostAsync(Valid);
        _broker.BringUp();

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var order = response.Headers.Location!.ToString().Split('/')[^1];
        var create = await spans.WaitForAsync(it => it.Name == "create_order" && Equals(it.Tag("order.id"), order));
        var record = Assert.Single(_broker.Read(topic, 1));
        Assert.Contains(order, record.Value, StringComparison.Ordinal);
        var relay = await spans.WaitForAsync(it => it.Name == "relay_order" && Equals(it.Tag("order.id"), order));
        Assert.Equal(create.Context.SpanId, relay.ParentSpanId);
        Assert.Contains(create.TraceId.ToHexString(), record.Headers.ToText("traceparent"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_broker_the_service_lives_and_is_not_ready()
    {
        var topic = _broker.CreateTopic();
        _broker.TakeDown();
        await using var service = await RunningOrderService.StartAsync(_broker.BootstrapServers, topic);

        var live = await service.Http.GetAsync("/health/live");
        var ready = await service.Http.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    public void Dispose() => _broker.Dispose();
}
