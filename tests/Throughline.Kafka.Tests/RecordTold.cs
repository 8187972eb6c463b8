using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using NSubstitute;
using Throughline.Testing;

namespace Throughline.Kafka.Tests;

/// <summary>What one client tells of one record of its own topic, without a broker.</summary>
internal sealed class RecordTold : IDisposable
{
    private readonly SpanRecorder _recorder;

    public RecordTold(ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        _recorder = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName],
            Scope = SpanScope.Destination(Topic),
            Sampling = sampling,
        });
    }

    public string Topic { get; } = $"told-{Guid.NewGuid():N}";

    public IReadOnlyList<RecordedSpan> Spans => _recorder.Spans;

    public void Dispose() => _recorder.Dispose();

    public Task<IReadOnlyList<RecordedSpan>> WaitForAsync(int count) => _recorder.WaitForAsync(count);

    /// <summary>The process span of a record.</summary>
    public async Task<RecordedSpan> ProcessAsync<TKey, TValue>(
        KafkaTracingOptions options, TKey key, TValue value, params (string Name, byte[]? Value)[] headers)
    {
        using var consumer = Substitute.For<IConsumer<TKey, TValue>>().WithTracing(null, options);
        var result = Record(key, value);
        foreach (var (name, bytes) in headers)
        {
            result.Message.Headers.Add(name, bytes);
        }

        var before = Spans.Count;
        using (consumer.StartProcess(result))
        {
        }

        return (await _recorder.WaitForAsync(before + 1))[before];
    }

    public ConsumeResult<TKey, TValue> Record<TKey, TValue>(TKey key, TValue value) => new()
    {
        Topic = Topic,
        Partition = 3,
        Offset = 42,
        Message = new() { Key = key, Value = value, Headers = [] },
    };

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
