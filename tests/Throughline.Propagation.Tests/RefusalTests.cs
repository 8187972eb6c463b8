using Throughline.Propagation.Internal;

namespace Throughline.Propagation.Tests;

/// <summary>Refusals are counted by cause, and spoken of at most once a minute per cause.</summary>
public sealed class RefusalTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Each_is_counted_and_the_first_of_a_minute_is_spoken_of_with_those_unsaid()
    {
        Refusals refusals = new(_time);
        ContextPropagator propagator = new(Propagating.SdkW3C, refusals);
        using RefusalLog log = new();
        using SpokenRefusals spoken = new();

        for (int count = 0; count < 5; count++)
        {
            propagator.Extract(Headers.Of(("traceparent", "broken")));
        }

        propagator.Extract(Headers.Trace("BROKEN"));
        _time.Pass(TimeSpan.FromSeconds(59.9));
        propagator.Extract(Headers.Of(("traceparent", "broken")));
        int withinTheMinute = spoken.Messages.Count;
        _time.Pass(TimeSpan.FromSeconds(0.1));
        propagator.Extract(Headers.Of(("traceparent", "broken")));

        Assert.Equal(8, log.Causes.Count);
        Assert.Equal(2, withinTheMinute);
        Assert.Equal(
            [
                "traceparent_malformed: traceparent is not valid: no trace context, its tracestate is dropped too.  (1 since the last message)",
                "tracestate_malformed: tracestate outside the grammar: dropped, traceparent kept.  (1 since the last message)",
                "traceparent_malformed: traceparent is not valid: no trace context, its tracestate is dropped too.  (6 since the last message)",
            ],
            spoken.Messages);
    }

    [Fact]
    public void A_wrong_name_in_the_variable_is_named_with_those_allowed()
    {
        using SpokenRefusals spoken = new();

        ContextPropagator.Following(() => Propagating.SdkW3C, () => "jaeger,xray", new Refusals(_time)).Extract(Headers.Of());

        Assert.Contains(
            "OTEL_PROPAGATORS: jaeger, xray; allowed are tracecontext, baggage, b3, b3multi, none",
            Assert.Single(spoken.Messages),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_propagator_that_throws_is_named_with_its_exception_but_not_what_it_held()
    {
        using SpokenRefusals spoken = new();
        ScriptedPropagator broken = new() { ExtractScript = (_, _) => throw new InvalidOperationException("secret") };

        new ContextPropagator(broken, new Refusals(_time)).Extract(Headers.Of(("traceparent", "secret")));

        string message = Assert.Single(spoken.Messages);
        Assert.Contains($"{typeof(ScriptedPropagator)} threw System.InvalidOperationException", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_each_cause_in_its_place_under_a_name_of_its_own()
    {
        RefusalMeaning[] meanings = RefusalCauses.All.ToArray();

        Assert.Equal(Enum.GetValues<RefusalCause>(), meanings.Select(meaning => meaning.Cause));
        Assert.Equal(meanings.Length, meanings.Select(meaning => meaning.Name).Distinct().Count());
    }
}
