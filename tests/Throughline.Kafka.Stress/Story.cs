using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Throughline.Kafka.Stress;

/// <summary>One handler's life, drawn from a seed: which steps it takes does not depend on timing, how they interleave does.</summary>
internal sealed class Story(int seed, int number, Witness witness, World world)
{
    public const string SourceName = "Throughline.Kafka.Stress";

    public static readonly ActivitySource Source = new(SourceName);

    private static readonly AsyncLocal<Story?> Flow = new();

    private readonly ConcurrentQueue<string> _steps = new();

    /// <summary>Whose flow this is, by what the runtime itself carries along.</summary>
    public static Story? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public ConcurrentBag<ActivityTraceId> Traces { get; } = [];

    public Witness Witness => witness;

    public World World => world;

    public Branch Begin() => new(this, new Random(unchecked((seed * 397) ^ number)), depth: 0);

    public void Took(string step) => _steps.Enqueue(step);

    public void Fail(string what) =>
        witness.Fail($"story {number} of seed {seed}: {what}; steps: {string.Join(" → ", _steps.TakeLast(12))}");

    /// <summary>A record as a consumer gets it: with a creation context and baggage of this story's, or without.</summary>
    public StoryRecord NewRecord(Random random)
    {
        var headers = new Headers();
        ActivityContext origin = default;
        if (random.Next(4) > 0)
        {
            origin = new(NewTrace(random), NewSpan(random), (ActivityTraceFlags)random.Next(2), isRemote: true);
            witness.TryOwn(origin.TraceId, this);
            headers.Add("traceparent", Encoding.ASCII.GetBytes($"00-{origin.TraceId}-{origin.SpanId}-0{(int)origin.TraceFlags}"));
        }

        var baggage = random.Next(4) == 0 ? null : $"{number}.{random.Next(1000)}";
        if (baggage is not null)
        {
            headers.Add("baggage", Encoding.ASCII.GetBytes($"story={baggage}"));
        }

        var result = new ConsumeResult<string, string>
        {
            Topic = World.Topic,
            Partition = random.Next(8),
            Offset = random.Next(),
            Message = new() { Key = $"{number}", Value = "v", Headers = headers },
        };
        return new(result, origin, baggage);
    }

    private static ActivityTraceId NewTrace(Random random)
    {
        Span<byte> id = stackalloc byte[16];
        random.NextBytes(id);
        return ActivityTraceId.CreateFromBytes(id);
    }

    private static ActivitySpanId NewSpan(Random random)
    {
        Span<byte> id = stackalloc byte[8];
        random.NextBytes(id);
        return ActivitySpanId.CreateFromBytes(id);
    }

    public override string ToString() => $"story {number}";
}
