using System.Buffers.Binary;
using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Benchmarks.Load;

/// <summary>One run of one contender, in a process of its own: 1. warm up; 2. as fast as it goes; 3. at a steady rate.</summary>
internal sealed class LoadRun(LoadContender contender, string servers, string topic, int records)
{
    private const int ValueBytes = 200;
    private const int TraceParentBytes = 55;
    private const int WarmupRecords = 50_000;
    private const int SteadyRecords = 10_000;
    private const int SteadyPerSecond = 2_000;
    private const int SteadyTurnMilliseconds = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<double> _latencies = [];
    private int _handled;
    private volatile bool _notesLatency;

    internal async Task<LoadResult> MeasureAsync()
    {
        using var clients = new LoadClients(contender, servers, topic);
        using var stop = new CancellationTokenSource();
        var consuming = clients.ConsumeAsync(Handle, stop.Token);

        // 1.
        Send(clients.Producer, WarmupRecords);
        Wait(WarmupRecords);

        // 2.
        using var process = Process.GetCurrentProcess();
        process.Refresh();
        var (cpu, bytes, startTimestamp) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
        Send(clients.Producer, records);
        Wait(WarmupRecords + records);
        var time = Stopwatch.GetElapsedTime(startTimestamp);
        process.Refresh();
        cpu = process.TotalProcessorTime - cpu;
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;

        // 3.
        _notesLatency = true;
        SendSteadily(clients.Producer);
        Wait(WarmupRecords + records + SteadyRecords);
        await stop.CancelAsync();
        await consuming;
        _latencies.Sort();
        return new(
            records / time.TotalSeconds,
            cpu.TotalMicroseconds / records,
            (double)bytes / records,
            _latencies[_latencies.Count / 2],
            _latencies[(int)(_latencies.Count * 0.99)]);
    }

    private void Send(IProducer<string, byte[]> producer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            SendOne(producer, i);
        }

        producer.Flush(Patience);
    }

    private void SendSteadily(IProducer<string, byte[]> producer)
    {
        var startTimestamp = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < SteadyRecords;)
        {
            var due = Math.Min(SteadyRecords, Stopwatch.GetElapsedTime(startTimestamp).TotalSeconds * SteadyPerSecond);
            for (; sent < due; sent++)
            {
                SendOne(producer, sent);
            }

            Thread.Sleep(SteadyTurnMilliseconds);
        }
    }

    private void SendOne(IProducer<string, byte[]> producer, int number)
    {
        var value = new byte[ValueBytes];
        BinaryPrimitives.WriteInt64LittleEndian(value, Stopwatch.GetTimestamp());
        var message = new Message<string, byte[]> { Key = $"order-{number % 1000}", Value = value };
        if (contender.Way == LoadWay.BareWithHeader)
        {
            message.Headers = new Headers { { "traceparent", new byte[TraceParentBytes] } };
        }

        while (true)
        {
            try
            {
                producer.Produce(topic, message, Report);
                return;
            }
            catch (ProduceException<string, byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
            {
                Thread.Sleep(1);
            }
        }
    }

    private static void Report(DeliveryReport<string, byte[]> report)
    {
        if (report.Error.IsError)
        {
            throw new InvalidOperationException(report.Error.ToString());
        }
    }

    // One at a time, in whichever way records are consumed.
    private void Handle(ConsumeResult<string, byte[]> record)
    {
        if (_notesLatency)
        {
            _latencies.Add(Stopwatch.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(record.Message.Value)).TotalMilliseconds);
        }

        Volatile.Write(ref _handled, _handled + 1);
    }

    private void Wait(int count)
    {
        var startTimestamp = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref _handled) < count)
        {
            if (Stopwatch.GetElapsedTime(startTimestamp) > Patience)
            {
                throw new TimeoutException($"{contender.Name}: {_handled} of {count} records were handled within {Patience}.");
            }

            Thread.Sleep(1);
        }
    }
}
