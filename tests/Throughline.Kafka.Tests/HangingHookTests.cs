using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Confluent.Kafka;
using NSubstitute;

namespace Throughline.Kafka.Tests;

/// <summary>A hook that hangs holds nobody up for ever, and nobody at all once that is clear.</summary>
[Collection(Isolated.Name)]
public sealed class HangingHookTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RecordTold _told = new();
    private readonly MeterListener _meters = new();
    private readonly ConcurrentDictionary<string, long> _faults = [];
    private readonly ManualResetEventSlim _never = new();
    private readonly KafkaTracingOptions _options = new() { HookTimeMax = TimeSpan.FromMilliseconds(20) };
    private int _calls;

    public HangingHookTests()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "throughline.instrumentation.faults")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, value, tags, _) => _faults.AddOrUpdate((string)tags[0].Value!, value, (_, sum) => sum + value));
        _meters.Start();
    }

    public void Dispose()
    {
        _never.Set();
        _meters.Dispose();
        _told.Dispose();
        _never.Dispose();
    }

    [Fact]
    public void Waiting_hook_is_interrupted_and_switched_off_the_third_time()
    {
        _options.FilterSend = _ => Hang();
        using var producer = Substitute.For<IProducer<string, string>>().WithTracing(new() { DeliveryReports = false }, _options);
        for (var i = 0; i < 10; i++)
        {
            producer.Produce(_told.Topic, new() { Value = "v" });
        }

        Assert.Equal(3, _calls);
        Assert.Equal(3, _faults["hook.filter_send.overrun"]);
        Assert.False(_faults.ContainsKey("hook.filter_send"));
    }

    [Fact]
    public void Handlers_thread_is_not_left_interrupted()
    {
        _options.EnrichProcess = (_, _) => Hang();
        using var consumer = Substitute.For<IConsumer<string, string>>().WithTracing(null, _options);
        for (var i = 0; i < 5; i++)
        {
            using var scope = consumer.StartProcess(_told.Record("k", "v"));
            Assert.NotNull(scope.Activity);
            Thread.Sleep(1);
        }

        Assert.Equal(3, _faults["hook.enrich_process.overrun"]);
    }

    [Fact]
    public void Hook_that_is_busy_beyond_its_time_is_counted_and_its_answer_is_taken()
    {
        _options.FilterSend = _ =>
        {
            // Without ever waiting, which is where an interruption gets in.
            var started = Stopwatch.GetTimestamp();
            while (!_faults.ContainsKey("hook.filter_send.overrun") && Stopwatch.GetElapsedTime(started) < Patience)
            {
                Thread.SpinWait(100);
            }

            return false;
        };
        SendOne();

        // The interruption that found nothing to interrupt does not reach the caller.
        Thread.Sleep(1);
        Assert.Equal(1, _faults["hook.filter_send.overrun"]);
        Assert.Empty(_told.Spans);
    }

    [Fact]
    public void Hook_that_hangs_on_is_switched_off_for_everybody_else()
    {
        _options.FilterSend = _ =>
        {
            Hang(stubbornly: true);
            return true;
        };
        using var producer = Substitute.For<IProducer<string, string>>().WithTracing(new() { DeliveryReports = false }, _options);
        var stuck = new Thread(() => producer.Produce(_told.Topic, new() { Value = "stuck" })) { IsBackground = true };
        stuck.Start();
        Assert.True(SpinWait.SpinUntil(() => _faults.ContainsKey("hook.filter_send.stuck"), Patience));
        producer.Produce(_told.Topic, new() { Value = "goes" });
        Assert.Equal(1, _calls);
        Assert.Single(_told.Spans);

        _never.Set();
        Assert.True(stuck.Join(Patience));
        Assert.Equal(2, _told.Spans.Count);
    }

    [Fact]
    public void Interruption_that_somebody_else_meant_for_the_thread_still_reaches_it()
    {
        _options.EnrichSend = (_, _) => Thread.Sleep(1);
        Thread.CurrentThread.Interrupt();
        SendOne();
        Assert.Throws<ThreadInterruptedException>(() => Thread.Sleep(1));
        Assert.Equal(1, _faults["hook.enrich_send"]);
    }

    [Fact]
    public async Task Many_hanging_at_once_are_all_released()
    {
        _options.FilterSend = _ => Hang();
        using var producer = Substitute.For<IProducer<string, string>>().WithTracing(new() { DeliveryReports = false }, _options);
        var threads = Enumerable.Range(0, 50).Select(_ => Task.Factory.StartNew(
            () => producer.Produce(_told.Topic, new() { Value = "v" }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await Task.WhenAll(threads).WaitAsync(Patience);
        Assert.InRange(_faults["hook.filter_send.overrun"], 3, 50);
        Assert.Equal(50, (await _told.WaitForAsync(50)).Count);
    }

    private bool Hang(bool stubbornly = false)
    {
        Interlocked.Increment(ref _calls);
        do
        {
            try
            {
                _never.Wait();
            }
            catch (ThreadInterruptedException) when (stubbornly)
            {
                // Waits on: nothing more can be done about such a one.
            }
        }
        while (stubbornly && !_never.IsSet);
        return false;
    }

    private void SendOne()
    {
        using var producer = Substitute.For<IProducer<string, string>>().WithTracing(new() { DeliveryReports = false }, _options);
        producer.Produce(_told.Topic, new() { Value = "v" });
    }
}
