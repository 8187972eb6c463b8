using System.Diagnostics;
using NotificationService;
using Throughline.Testing;

namespace Throughline.Samples.Tests;

public sealed class NotificationServiceTests(KafkaBroker broker) : IClassFixture<KafkaBroker>, IDisposable
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string SendSpanId = "00f067aa0ba902b7";
    private const string TraceParent = $"00-{TraceId}-{SendSpanId}-01";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("notification-service-tests-");

    private string NotifyFile => Path.Combine(_folder.FullName, "notifications.jsonl");

    [Fact]
    public async Task A_record_is_processed_inside_the_trace_that_it_carries()
    {
        await using var webhook = await Webhook.StartAsync();
        var settings = Settings(webhook);
        using var spans = SpanRecorder.Start("NotificationService", "Throughline.Kafka", "System.Net.Http");
        await using var service = await RunningNotificationService.StartAsync(settings);
        var order = Guid.NewGuid();

        await broker.SendAsync(settings.Topic, order.ToString(), Event(order), TraceParent);
        var notification = await webhook.NextAsync();
        var process = await spans.WaitForAsync($"process {settings.Topic}");

        Assert.Equal((order, order.ToString()), (notification.OrderId, notification.Key));
        Assert.Contains(TraceId, notification.TraceParent, StringComparison.Ordinal);
        var trace = spans.Trace(ActivityTraceId.CreateFromString(TraceId));
        Assert.Equal(SendSpanId, process.ParentSpanId.ToHexString());
        Assert.Equal(SendSpanId, Assert.Single(process.Links).Context.SpanId.ToHexString());
        trace.Span("process_order_event").HasParent(process)
            .HasTag("order.id", order.ToString()).HasTag("order.amount", 21.9);
        trace.Span("POST").HasParent("process_order_event");
    }

    [Fact]
    public async Task Without_the_extract_step_the_spans_are_a_trace_of_their_own()
    {
        await using var webhook = await Webhook.StartAsync();
        var settings = Settings(webhook) with { SkipExtract = true };
        using var spans = SpanRecorder.Start("NotificationService");
        await using var service = await RunningNotificationService.StartAsync(settings);
        var order = Guid.NewGuid();

        await broker.SendAsync(settings.Topic, order.ToString(), Event(order), TraceParent);
        await webhook.NextAsync();

        var span = await spans.WaitForAsync(span => Equals(span.Tag("order.id"), order.ToString()));
        Assert.True(span.IsRoot);
        Assert.NotEqual(TraceId, span.TraceId.ToHexString());
    }

    [Fact]
    public async Task An_event_that_comes_twice_notifies_once()
    {
        await using var webhook = await Webhook.StartAsync();
        var settings = Settings(webhook);
        await using var service = await RunningNotificationService.StartAsync(settings);
        var (repeated, last) = (Guid.NewGuid(), Guid.NewGuid());

        await broker.SendAsync(settings.Topic, repeated.ToString(), Event(repeated));
        await broker.SendAsync(settings.Topic, repeated.ToString(), Event(repeated));
        await broker.SendAsync(settings.Topic, last.ToString(), Event(last));

        Assert.Equal(repeated, (await webhook.NextAsync()).OrderId);
        Assert.Equal(last, (await webhook.NextAsync()).OrderId);
    }

    [Fact]
    public async Task A_record_that_is_no_order_event_is_skipped()
    {
        await using var webhook = await Webhook.StartAsync();
        var settings = Settings(webhook);
        using var spans = SpanRecorder.Start("NotificationService");
        await using var service = await RunningNotificationService.StartAsync(settings);
        var order = Guid.NewGuid();

        await broker.SendAsync(settings.Topic, "?", "not JSON");
        await broker.SendAsync(settings.Topic, "?", "{}");
        await broker.SendAsync(settings.Topic, order.ToString(), Event(order));

        Assert.Equal(order, (await webhook.NextAsync()).OrderId);
        Assert.Equal(2, spans.Spans.Count(span => span.Status == ActivityStatusCode.Error));
    }

    [Fact]
    public async Task A_stop_commits_and_the_next_process_goes_on_behind_it()
    {
        var settings = Settings(webhook: null);
        var (before, after) = (Guid.NewGuid(), Guid.NewGuid());
        using var spans = SpanRecorder.Start("NotificationService");
        await using (var first = await RunningNotificationService.StartAsync(settings))
        {
            await broker.SendAsync(settings.Topic, before.ToString(), Event(before));
            await spans.WaitForAsync(span => Equals(span.Tag("order.id"), before.ToString()));
            await first.StopAsync();
            Assert.False(first.GaveUp);
        }

        await using var second = await RunningNotificationService.StartAsync(settings);
        await broker.SendAsync(settings.Topic, after.ToString(), Event(after));
        await spans.WaitForAsync(span => Equals(span.Tag("order.id"), after.ToString()));

        // Seen once each: the second process did not get the first record again.
        Assert.Equal(2, spans.Spans.Count);
        Assert.Equal([before.ToString(), after.ToString()], NotifiedOrders());
    }

    [Fact]
    public async Task A_stop_finishes_the_record_in_hand()
    {
        await using var webhook = await Webhook.StartAsync();
        var open = new TaskCompletionSource();
        webhook.Gate = open.Task;
        var settings = Settings(webhook);
        var (inHand, next) = (Guid.NewGuid(), Guid.NewGuid());
        await using (var first = await RunningNotificationService.StartAsync(settings))
        {
            await broker.SendAsync(settings.Topic, inHand.ToString(), Event(inHand));
            await webhook.Asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
            var stopping = first.StopAsync();
            Assert.False(stopping.IsCompleted);
            open.SetResult();
            await stopping;
            Assert.False(first.GaveUp);
        }

        Assert.Equal(inHand, (await webhook.NextAsync()).OrderId);
        await using var second = await RunningNotificationService.StartAsync(settings);
        await broker.SendAsync(settings.Topic, next.ToString(), Event(next));
        Assert.Equal(next, (await webhook.NextAsync()).OrderId);
    }

    [Fact]
    public async Task What_the_file_has_is_not_sent_again_after_a_crash_before_the_commit()
    {
        var settings = Settings(webhook: null);
        var order = Guid.NewGuid();
        var notification = $$"""{"orderId":"{{order}}","to":"name@example.com","text":"Thank you."}""";
        await File.WriteAllTextAsync(NotifyFile, $"{notification}\n{{\"orderId\":\"cut");
        using var spans = SpanRecorder.Start("NotificationService");

        await broker.SendAsync(settings.Topic, order.ToString(), Event(order));
        await using var service = await RunningNotificationService.StartAsync(settings);
        await spans.WaitForAsync(span => Equals(span.Tag("order.id"), order.ToString()));

        Assert.StartsWith(notification, await File.ReadAllTextAsync(NotifyFile), StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllLinesAsync(NotifyFile)).Length);
    }

    [Fact]
    public async Task A_customer_who_cannot_be_notified_stops_the_service_and_is_notified_by_the_next()
    {
        await using var webhook = await Webhook.StartAsync();
        webhook.Failing = true;
        var settings = Settings(webhook);
        var order = Guid.NewGuid();
        using var spans = SpanRecorder.Start("Throughline.Kafka");
        await using (var first = await RunningNotificationService.StartAsync(settings))
        {
            await broker.SendAsync(settings.Topic, order.ToString(), Event(order), TraceParent);
            await first.WaitForEndAsync();
            Assert.True(first.GaveUp);
        }

        var failed = spans.Spans.Single(span => span.Name == $"process {settings.Topic}");
        Assert.Equal(ActivityStatusCode.Error, failed.Status);

        webhook.Failing = false;
        await using var second = await RunningNotificationService.StartAsync(settings);
        Assert.Equal(order, (await webhook.NextAsync()).OrderId);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Event(Guid order) =>
        $$"""{"orderId":"{{order}}","customer":"name@example.com","amount":21.90,"createdAt":"2026-01-02T03:04:05Z"}""";

    private NotificationSettings Settings(Webhook? webhook) => new()
    {
        KafkaBrokers = broker.BootstrapServers,
        Topic = broker.CreateTopic(),
        Group = $"notifications-{Guid.NewGuid():N}",
        NotifyUrl = webhook?.Address,
        NotifyFile = NotifyFile,

        // What the embedded broker needs to be quick: it answers fetches late, and holds a rebalance for a session.
        KafkaConfig = new Dictionary<string, string> { ["fetch.wait.max.ms"] = "5", ["session.timeout.ms"] = "2000" },
    };

    private IEnumerable<string> NotifiedOrders() =>
        File.ReadAllLines(NotifyFile).Select(line => line.Split('"')[3]);
}
