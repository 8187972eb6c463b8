using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Throughline.Testing;
using Throughline.TestServers;

namespace Throughline.Kafka.Hosting.Tests;

/// <summary>Consumers that live with a host.</summary>
public abstract class ConsumerHostSuite(KafkaFixture kafka) : HostSuite(kafka)
{
    private readonly Handled _handled = new();
    private readonly LogBook _log = new();

    [Fact]
    public async Task Each_record_is_handled_in_its_trace_and_a_scope_of_its_own_and_none_comes_again()
    {
        var topic = await CreateTopicAsync(partitions: 2);
        var group = KafkaFixture.Unique();
        using var spans = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName],
            Scope = SpanScope.Destination(topic),
        });
        using (var host = Orders(topic, group).Build())
        {
            await host.StartAsync(Cancelled);
            var producer = host.Services.GetRequiredService<IProducer<string, string>>();
            for (var i = 0; i < 20; i++)
            {
                await producer.ProduceAsync(
                    new TopicPartition(topic, i % 2), new Message<string, string> { Key = $"{i}", Value = $"{i}" }, Cancelled);
            }

            await UntilAsync(() => _handled.Records.Count == 20);
            await host.StopAsync(Cancelled);
        }

        Assert.Equal([10, 10], Committed(group, topic, partitions: 2));
        Assert.Equal(20, _handled.Records.Select(record => record.Scope).Distinct().Count());
        Assert.Equal(_handled.Records.Select(record => record.Scope).Order(), _handled.EndedScopes.Order());
        Assert.Equal(
            spans.Spans.Where(span => span.Kind == ActivityKind.Producer).Select(span => span.TraceId.ToHexString()).Order(),
            _handled.Records.Select(record => record.TraceId.ToHexString()).Order());
        var lines = _log.Lines.Where(line => line.Category.EndsWith(nameof(OrderHandler), StringComparison.Ordinal)).ToList();
        Assert.Equal(20, lines.Count);
        Assert.All(lines, line => Assert.Equal(topic, line.Fields["messaging.destination.name"]));

        using var again = Orders(topic, group).Build();
        await again.StartAsync(Cancelled);
        Send(topic, 1);
        await UntilAsync(() => _handled.Records.Count == 21);
        await again.StopAsync(Cancelled);
    }

    [Fact]
    public async Task Stop_lets_handlers_finish_what_they_have_begun_and_leaves_the_group()
    {
        var topic = await CreateTopicAsync();
        var group = KafkaFixture.Unique();
        var (begun, release) = (NewSignal(), NewSignal());
        _handled.Work = async (_, _) =>
        {
            begun.TrySetResult();
            await release.Task;
        };
        Send(topic, 2);
        using var host = Orders(topic, group).Build();
        await host.StartAsync(Cancelled);
        await begun.Task.WaitAsync(Patience, Cancelled);
        var stopping = host.StopAsync(Cancelled);
        Assert.False(stopping.IsCompleted);
        release.SetResult();
        await stopping;
        Assert.Equal("0", Assert.Single(_handled.Records).Value);
        Assert.Equal([1], Committed(group, topic));
        Assert.Contains(_log.Lines, line => line is { Category: "Throughline.Kafka.Consumers.orders", Level: LogLevel.Information }
            && line.Text.StartsWith($"Left group {group}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handler_that_outlasts_the_hosts_time_for_stopping_is_told_of_and_its_record_comes_again()
    {
        var topic = await CreateTopicAsync();
        var group = KafkaFixture.Unique();
        var (begun, release) = (NewSignal(), NewSignal());
        _handled.Work = async (_, _) =>
        {
            begun.TrySetResult();
            await release.Task;
            throw new OperationCanceledException("too late");
        };
        Send(topic, 1);
        var application = Orders(topic, group);
        application.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        using (var host = application.Build())
        {
            await host.StartAsync(Cancelled);
            await begun.Task.WaitAsync(Patience, Cancelled);
            await host.StopAsync(Cancelled);
            Assert.Single(_log.Lines, line => line.Level == LogLevel.Warning
                && line.Text.EndsWith("Processing:DrainTimeout is 00:00:10: the host's ShutdownTimeout must be longer", StringComparison.Ordinal));
            release.SetResult();
        }

        Assert.Equal([Offset.Unset.Value], Committed(group, topic));
    }

    [Fact]
    public async Task Failure_stops_the_host_says_which_record_and_the_next_host_begins_with_it()
    {
        var topic = await CreateTopicAsync();
        var group = KafkaFixture.Unique();
        _handled.Work = (value, _) => value == "2" ? throw new FormatException("no order") : Task.CompletedTask;
        Send(topic, 4);
        using (var host = Orders(topic, group).Build())
        {
            await host.StartAsync(Cancelled);
            await host.WaitForShutdownAsync(Cancelled).WaitAsync(Patience, Cancelled);
        }

        Assert.Equal(1, Environment.ExitCode);
        Environment.ExitCode = 0;
        var told = Assert.Single(_log.Lines, line => line.Level == LogLevel.Critical);
        Assert.Equal($"Consuming ended at {topic} [[0]] @2 by an error; the host is stopped", told.Text);
        Assert.IsType<FormatException>(told.Exception);
        Assert.Equal([2], Committed(group, topic));

        _handled.Work = static (_, _) => Task.CompletedTask;
        using var next = Orders(topic, group).Build();
        await next.StartAsync(Cancelled);
        await UntilAsync(() => _handled.Records.Count == 4);
        await next.StopAsync(Cancelled);
        Assert.Equal(["0", "1", "2", "3"], _handled.Records.Select(record => record.Value));
    }

    [Fact]
    public async Task Failure_restarts_the_consumer_where_that_was_chosen()
    {
        var topic = await CreateTopicAsync();
        var failures = 0;
        _handled.Work = (value, _) => value == "1" && failures++ == 0 ? throw new FormatException("not now") : Task.CompletedTask;
        Send(topic, 3);
        using var host = Orders(topic, KafkaFixture.Unique(), orders =>
        {
            orders.FailureAction = ConsumerFailureAction.Restart;
            orders.RestartPauseInitial = TimeSpan.FromMilliseconds(10);
        }).Build();
        await host.StartAsync(Cancelled);
        await UntilAsync(() => _handled.Records.Count == 3);
        await host.StopAsync(Cancelled);
        Assert.Equal(["0", "1", "2"], _handled.Records.Select(record => record.Value));
        Assert.Equal(
            $"Consuming ended at {topic} [[0]] @1 by an error; it begins again there in 00:00:00.0100000",
            Assert.Single(_log.Lines, line => line.Exception is FormatException).Text);
    }

    [Fact]
    public async Task Failed_record_goes_through_its_retry_topic_to_the_dead_letters_by_configuration_alone()
    {
        var (topic, retry, dead) = (await CreateTopicAsync(), await CreateTopicAsync(), await CreateTopicAsync());
        var group = KafkaFixture.Unique();
        var tries = 0;
        _handled.Work = (value, _) => value == "1" ? throw new FormatException($"try {++tries}") : Task.CompletedTask;
        Send(topic, 3);
        var application = Orders(topic, group);
        application.Configuration["Kafka:Consumers:orders:Processing:Retry:AttemptsMax"] = "2";
        application.Configuration["Kafka:Consumers:orders:Processing:Retry:BackoffInitial"] = "00:00:00.001";
        application.Configuration["Kafka:Consumers:orders:Processing:Failures:RetryTopics:0:Name"] = retry;
        application.Configuration["Kafka:Consumers:orders:Processing:Failures:RetryTopics:0:Delay"] = "00:00:00.010";
        application.Configuration["Kafka:Consumers:orders:Processing:Failures:DeadLetterTopic"] = dead;
        application.Configuration["Kafka:Producers:failures:Client:linger.ms"] = "0";
        using var host = application.Build();
        await host.StartAsync(Cancelled);
        using var letters = new ConsumerBuilder<string, string>(ConsumerConfig()).Build();
        letters.Assign(new TopicPartitionOffset(dead, 0, Offset.Beginning));
        var letter = letters.Consume(Patience);
        await UntilAsync(() => _handled.Records.Count == 2);
        await host.StopAsync(Cancelled);
        Assert.Equal(("1", "1", 4), (letter.Message.Key, letter.Message.Value, tries));
        Assert.Equal([3], Committed(group, topic));
        Assert.DoesNotContain(_log.Lines, line => line.Text.Contains("no client of that name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_handled_before_every_service_has_started()
    {
        var topic = await CreateTopicAsync();
        var application = Orders(topic, KafkaFixture.Unique());
        var hasStarted = false;
        var seen = new List<bool>();
        _handled.Work = (_, _) =>
        {
            seen.Add(hasStarted);
            return Task.CompletedTask;
        };
        application.Services.AddHostedService(services => new Starting(async () =>
        {
            await services.GetRequiredService<TracingProducer<string, string>>()
                .ProduceAsync(topic, new Message<string, string> { Key = "k", Value = "early" });
            hasStarted = true;
        }));
        using var host = application.Build();
        await host.StartAsync(Cancelled);
        await UntilAsync(() => !_handled.Records.IsEmpty);
        await host.StopAsync(Cancelled);
        Assert.Equal([true], seen);
    }

    [Fact]
    public async Task Batches_are_handled_in_a_scope_each()
    {
        var topic = await CreateTopicAsync();
        var group = KafkaFixture.Unique();
        Send(topic, 40);
        var application = OrdersApplication(_log, topic, group);
        application.Services.AddSingleton(_handled).AddScoped<ScopedUnit>().AddThroughlineKafka()
            .AddBatchConsumer<string, string, OrderBatchHandler>("orders", orders => orders.Batch.SizeMax = 10);
        using var host = application.Build();
        await host.StartAsync(Cancelled);
        await UntilAsync(() => _handled.Records.Count == 40);
        await host.StopAsync(Cancelled);
        Assert.Equal([40], Committed(group, topic));
        Assert.InRange(_handled.EndedScopes.Count, 4, 39);
        Assert.All(_handled.Records.GroupBy(record => record.Scope), batch => Assert.InRange(batch.Count(), 1, 10));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostApplicationBuilder Orders(string topic, string group, Action<KafkaConsumerOptions>? configure = null)
    {
        var application = OrdersApplication(_log, topic, group);
        application.Services.AddSingleton(_handled).AddScoped<ScopedUnit>().AddThroughlineKafka()
            .AddProducer<string, string>(configure: producer => producer.Client.LingerMs = 0)
            .AddConsumer<string, string, OrderHandler>("orders", configure ?? (_ => { }));
        return application;
    }

    private sealed class Starting(Func<Task> start) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => start();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : ConsumerHostSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : ConsumerHostSuite(kafka);
}
