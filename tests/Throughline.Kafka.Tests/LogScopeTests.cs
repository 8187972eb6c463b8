using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using OpenTelemetry;
using OpenTelemetry.Logs;
using Throughline.Testing;

namespace Throughline.Kafka.Tests;

/// <summary>Logs inside a handler say which record they are about, through the LoggerFactory of real applications.</summary>
public sealed class LogScopeTests : IDisposable
{
    private const string Origin = "a089791ef1d00b034c087612d0b5443f";
    private const string OriginSpan = "37681fb70a85e881";

    private readonly string _topic = $"logs-{Guid.NewGuid():N}";
    private readonly ScopeReader _read = new();
    private readonly ILoggerFactory _factory;
    private readonly ILogger _log;
    private readonly SpanRecorder _recorder;

    public LogScopeTests()
    {
        _factory = LoggerFactory.Create(logging => logging.AddProvider(_read));
        _log = _factory.CreateLogger("Handlers");
        _recorder = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName],
            Scope = SpanScope.Destination(_topic).Or(SpanScope.Tag("messaging.consumer.group.name", _topic)),
        });
    }

    public void Dispose()
    {
        _recorder.Dispose();
        _factory.Dispose();
    }

    [Fact]
    public async Task Logs_inside_a_handler_carry_its_record_and_its_span_and_those_outside_nothing()
    {
        using var consumer = Consumer();
        ProcessScope scope;
        using (scope = consumer.StartProcess(Record()))
        {
            await Task.Yield();
            _log.Say("inside");
        }

        _log.Say("outside");
        Assert.Equal(
            [
                ("messaging.destination.name", _topic), ("messaging.destination.partition.id", "3"), ("messaging.kafka.offset", 42L),
                ("messaging.consumer.group.name", "billing"), ("TraceId", Origin), ("SpanId", scope.Activity!.SpanId.ToHexString()),
            ],
            _read["inside"].Pairs);
        Assert.Equal([$"topic:{_topic}, partition:3, offset:42, group:billing, TraceId:{Origin}, SpanId:{scope.Activity.SpanId}"], _read["inside"].Texts);
        Assert.Empty(_read["outside"].Pairs);
        Assert.Empty(_read["outside"].Texts);
    }

    [Fact]
    public void Log_within_a_span_of_the_handlers_belongs_to_that_span()
    {
        using var consumer = Consumer();
        using (consumer.StartProcess(Record()))
        {
            using var own = new Activity("own").Start();
            _log.Say("own");
            Assert.Equal([own.SpanId.ToHexString()], _read["own"].Of("SpanId"));
            Assert.Equal([Origin], _read["own"].Of("TraceId"));
        }
    }

    [Fact]
    public void Record_inside_a_batch_tells_nothing_twice()
    {
        using var consumer = Consumer();
        using (var batch = consumer.StartBatch([Record(1), Record(2)]))
        {
            using (_log.BeginScope("the application's own"))
            using (var scope = consumer.StartProcess(Record(2)))
            {
                _log.Say("record");
                Assert.Equal([scope.Activity!.SpanId.ToHexString()], _read["record"].Of("SpanId"));
                Assert.Equal([2L], _read["record"].Of("messaging.kafka.offset"));
                Assert.Equal([_topic], _read["record"].Of("messaging.destination.name"));
                Assert.Empty(_read["record"].Of("messaging.batch.message_count"));
                Assert.Contains("the application's own", _read["record"].Texts);
            }

            _log.Say("batch");
            Assert.Equal([batch.Activity!.SpanId.ToHexString()], _read["batch"].Of("SpanId"));
            Assert.Equal([2], _read["batch"].Of("messaging.batch.message_count"));
            Assert.Empty(_read["batch"].Of("messaging.kafka.offset"));
            Assert.Equal(["billing"], _read["batch"].Of("messaging.consumer.group.name"));
        }

        _log.Say("after");
        Assert.Empty(_read["after"].Pairs);
    }

    [Fact]
    public async Task Scopes_that_another_flow_disposes_change_nothing_there_and_are_gone_here_with_the_next()
    {
        using var consumer = Consumer();
        var scope = consumer.StartProcess(Record(1));
        Task other;
        using (ExecutionContext.SuppressFlow())
        {
            other = Task.Run(() =>
            {
                using (_log.BeginScope("theirs"))
                {
                    using (consumer.StartProcess(Record(7)))
                    {
                        scope.Dispose();
                        _log.Say("there");
                    }

                    _log.Say("there after");
                }
            });
        }

        await other;
        Assert.Equal([7L], _read["there"].Of("messaging.kafka.offset"));
        Assert.Contains("theirs", _read["there"].Texts);
        Assert.Contains("theirs", _read["there after"].Texts);

        using (consumer.StartProcess(Record(2)))
        {
            _log.Say("next");
        }

        _log.Say("after");
        Assert.Equal([2L], _read["next"].Of("messaging.kafka.offset"));
        Assert.Single(_read["next"].Texts);
        Assert.Empty(_read["after"].Texts);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Scope_that_a_fork_disposes_says_nothing_any_more_from_the_next_on(bool changesSomething)
    {
        using var consumer = Consumer();
        var scope = consumer.StartProcess(Record(1));
        await Task.Run(() =>
        {
            if (changesSomething)
            {
                Baggage.SetBaggage("changed", "1");
            }

            scope.Dispose();
            _log.Say("fork");
        });
        using (consumer.StartProcess(Record(2)))
        {
            _log.Say("next");
        }

        _log.Say("after");
        using (consumer.StartProcess(Record(3)))
        {
        }

        _log.Say("long after");
        Assert.Empty(_read["fork"].Texts);
        Assert.Equal([2L], _read["next"].Of("messaging.kafka.offset"));
        Assert.Single(_read["next"].Texts);
        Assert.Empty(_read["after"].Texts);
        Assert.Empty(_read["long after"].Texts);
    }

    [Fact]
    public void Scopes_disposed_out_of_order_leave_nothing_behind()
    {
        using var consumer = Consumer();
        using (_log.BeginScope("application"))
        {
            var scopes = Enumerable.Range(1, 3).Select(offset => consumer.StartProcess(Record(offset))).ToList();
            scopes[0].Dispose();
            scopes[1].Dispose();
            _log.Say("third");
            scopes[2].Dispose();
            _log.Say("after");
        }

        Assert.Equal([3L], _read["third"].Of("messaging.kafka.offset"));
        Assert.Equal(["application"], _read["after"].Texts);
        Assert.Empty(_read["after"].Pairs);
    }

    [Fact]
    public void Trace_ids_are_left_out_where_logs_have_them_already()
    {
        using var factory = LoggerFactory.Create(logging => logging
            .AddProvider(_read)
            .Configure(options => options.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId));
        using var consumer = Consumer(new() { LoggerFactory = factory, LogTraceIds = false });
        using (var scope = consumer.StartProcess(Record()))
        {
            factory.CreateLogger("Handlers").Say("tracked");
            Assert.Equal([Origin], _read["tracked"].Of("TraceId"));
            Assert.Equal([scope.Activity!.SpanId.ToHexString()], _read["tracked"].Of("SpanId"));
            Assert.Equal([42L], _read["tracked"].Of("messaging.kafka.offset"));
        }
    }

    [Fact]
    public void Filtered_record_is_logged_under_its_senders_span()
    {
        using var consumer = Consumer(new() { LoggerFactory = _factory, FilterProcess = _ => false });
        using (consumer.StartProcess(Record()))
        {
            _log.Say("filtered");
        }

        Assert.Equal([Origin], _read["filtered"].Of("TraceId"));
        Assert.Equal([OriginSpan], _read["filtered"].Of("SpanId"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_telemetrys_log_records_have_the_record_once_exported_at_once_or_later(bool later)
    {
        var exported = new ConcurrentQueue<(string? Text, ActivitySpanId Span, List<KeyValuePair<string, object?>> Pairs)>();
        var exporter = new Exporter(exported);
        using (var factory = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.IncludeScopes = true;
            options.AddProcessor(later ? new BatchLogRecordExportProcessor(exporter) : new SimpleLogRecordExportProcessor(exporter));
        })))
        {
            using var consumer = Consumer(new() { LoggerFactory = factory, LogTraceIds = false });
            var log = factory.CreateLogger("Handlers");
            using (consumer.StartBatch([Record(1), Record(2)]))
            using (consumer.StartProcess(Record(2)))
            {
                log.Say("exported");
            }
        }

        var (_, span, pairs) = Assert.Single(exported);
        Assert.Equal(_recorder.Spans.Single(recorded => recorded.TraceId.ToString() == Origin).SpanId.ToString(), span.ToHexString());
        Assert.Equal(
            ["messaging.consumer.group.name", "messaging.destination.name", "messaging.destination.partition.id", "messaging.kafka.offset"],
            pairs.Select(pair => pair.Key).Where(key => key != "messaging.batch.message_count").Order());
        Assert.Equal(2L, pairs.Single(pair => pair.Key == "messaging.kafka.offset").Value);
    }

    [Fact]
    public void Nothing_is_opened_where_nobody_logs()
    {
        var logger = Substitute.For<ILogger>();
        var factory = Substitute.For<ILoggerFactory>();
        factory.CreateLogger("Throughline.Kafka").Returns(logger);
        using var consumer = Consumer(new() { LoggerFactory = factory });
        using (consumer.StartProcess(Record()))
        {
        }

        logger.DidNotReceiveWithAnyArgs().BeginScope<object>(default!);
        using var none = Consumer(new() { LoggerFactory = NullLoggerFactory.Instance });
        using (none.StartProcess(Record()))
        {
        }
    }

    [Fact]
    public void Logger_that_throws_does_not_disturb_the_handler()
    {
        var factory = Substitute.For<ILoggerFactory>();
        var logger = Substitute.For<ILogger>();
        factory.CreateLogger("Throughline.Kafka").Returns(logger);
        logger.IsEnabled(default).ReturnsForAnyArgs(true);
        var opened = Substitute.For<IDisposable>();
        opened.When(it => it.Dispose()).Do(_ => throw new InvalidOperationException("provider"));
        logger.BeginScope(Arg.Any<IReadOnlyList<KeyValuePair<string, object?>>>()).ReturnsForAnyArgs(opened);
        using var consumer = Consumer(new() { LoggerFactory = factory });
        using (var scope = consumer.StartProcess(Record()))
        {
            Assert.Same(scope.Activity, Activity.Current);
        }

        Assert.Null(Activity.Current);
    }

    private TracingConsumer<string, string> Consumer(KafkaTracingOptions? options = null) =>
        Substitute.For<IConsumer<string, string>>().WithTracing(new() { GroupId = "billing" }, options ?? new() { LoggerFactory = _factory });

    private ConsumeResult<string, string> Record(long offset = 42) => new()
    {
        Topic = _topic,
        Partition = 3,
        Offset = offset,
        Message = new()
        {
            Value = "v",
            Headers = new() { { "traceparent", Encoding.ASCII.GetBytes($"00-{Origin}-{OriginSpan}-01") } },
        },
    };

    private sealed class Exporter(ConcurrentQueue<(string? Text, ActivitySpanId Span, List<KeyValuePair<string, object?>> Pairs)> exported)
        : BaseExporter<LogRecord>
    {
        public override ExportResult Export(in Batch<LogRecord> batch)
        {
            foreach (var record in batch)
            {
                var pairs = new List<KeyValuePair<string, object?>>();
                record.ForEachScope(
                    static (scope, into) =>
                    {
                        foreach (var pair in scope)
                        {
                            into.Add(pair);
                        }
                    },
                    pairs);
                exported.Enqueue((record.FormattedMessage, record.SpanId, pairs));
            }

            return ExportResult.Success;
        }
    }
}
