namespace Throughline.Kafka.Stress.Steps;

/// <summary>Something that handlers do.</summary>
internal abstract class Step
{
    private static readonly Step[] All =
    [
        new ChildSpan(), new Hop(), new AwaitedSend(), new ReportedSend(), new NestedRecord(), new NestedRecord(), new FailingRecord(),
        new AbandonedRecord(), new RecordEndedElsewhere(), new RecordsOutOfOrder(), new Batch(), new ParallelWork(), new BaggageChange(),
        new SuppressedFlow(), new SpanLeftOpen(),
    ];

    public string Name => GetType().Name;

    public static Step Any(Random random) => All[random.Next(All.Length)];

    /// <summary>Takes it, in a flow where <paramref name="place"/> is ambient, and checks that it is again.</summary>
    public abstract Task TakeAsync(Branch branch, Place place);
}
