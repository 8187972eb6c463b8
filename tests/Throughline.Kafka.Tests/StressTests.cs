using System.Diagnostics;
using OpenTelemetry;
using Throughline.Kafka.Stress;
using Throughline.Kafka.Stress.Clients;

namespace Throughline.Kafka.Tests;

/// <summary>A short form of the stress program, and proof that it would notice.</summary>
[Collection(Isolated.Name)]
public sealed class StressTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task No_context_gets_from_one_handler_into_another()
    {
        using var output = new StringWriter();
        Assert.True(await new StressRun(Random.Shared.Next(), atOnce: 64, output).RunAsync(2_000, TimeSpan.FromSeconds(8)).WaitAsync(Patience), output.ToString());
    }

    [Fact]
    public void Span_in_another_storys_trace_is_noticed()
    {
        using var witness = new Witness();
        var world = StressClients.InMemory(witness);
        var (mine, theirs) = (new Story(7, 1, witness, world), new Story(7, 2, witness, world));
        Story.Current = theirs;
        // A trace that the witness samples.
        using var leaked = new Activity("leaked").SetParentId("00-a089791ef1d00b034c087612d0b54432-37681fb70a85e881-01").Start();
        witness.TryOwn(leaked.TraceId, theirs);
        Story.Current = mine;
        Story.Source.StartActivity("under it")?.Stop();
        Story.Current = null;
        var failure = Assert.Single(witness.Failures);
        Assert.Contains("story 1 of seed 7: 'under it' started in a trace of story 2", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_current_or_in_the_baggage_is_noticed()
    {
        using var witness = new Witness();
        var story = new Story(7, 1, witness, StressClients.InMemory(witness));
        using var left = new Activity("left").Start();
        Baggage.SetBaggage("extra", "left");
        Place.Nowhere.Check(story, "after something");
        Baggage.Current = default;
        Assert.Collection(
            witness.Failures,
            failure => Assert.Contains("after something: current is 'left'", failure, StringComparison.Ordinal),
            failure => Assert.Contains("after something: baggage is story=none, extra=left", failure, StringComparison.Ordinal));
    }
}
