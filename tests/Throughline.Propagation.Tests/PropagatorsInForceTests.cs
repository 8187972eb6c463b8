using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Throughline.Propagation.Fuzz;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation.Tests;

/// <summary>Which propagators rule: the one set on the SDK, else OTEL_PROPAGATORS, else the W3C's.</summary>
public sealed class PropagatorsInForceTests : IDisposable
{
    private readonly TextMapPropagator _before = Propagators.DefaultTextMapPropagator;

    public void Dispose() => Sdk.SetDefaultTextMapPropagator(_before);

    [Fact]
    public void The_default_follows_the_SDK_at_every_use()
    {
        Sdk.SetDefaultTextMapPropagator(new B3Propagator(singleHeader: true));
        string[] b3 = Written(ContextPropagator.Default);
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        string[] traceOnly = Written(ContextPropagator.Default);
        Sdk.SetDefaultTextMapPropagator(Propagating.SdkW3C);
        string[] both = Written(ContextPropagator.Default);

        Assert.Equal(["b3"], b3);
        Assert.Equal(["traceparent"], traceOnly);
        Assert.Equal(["traceparent", "baggage"], both);
    }

    [Fact]
    public void Before_the_SDK_loads_the_W3Cs_rule()
    {
        TextMapPropagator noop = Noop();

        Assert.Equal(["traceparent", "baggage"], Written(Following(noop, null)));
        Assert.Equal(["b3"], Written(Following(noop, "b3")));
    }

    [Fact]
    public void What_the_SDK_sets_by_itself_is_nobodys_choice_so_the_variable_rules()
    {
        Assert.Equal(["b3"], Written(Following(Propagating.SdkW3C, "b3")));
        Assert.Empty(Written(Following(Propagating.SdkW3C, "none")));
        Assert.Equal(["traceparent", "baggage"], Written(Following(Propagating.SdkW3C, string.Empty)));
    }

    [Fact]
    public void What_the_user_set_on_the_SDK_rules_over_the_variable()
    {
        Assert.Equal(["traceparent"], Written(Following(new TraceContextPropagator(), "b3")));
        Assert.Equal(["baggage"], Written(Following(new BaggagePropagator(), "b3")));
        Assert.Equal(["baggage"], Written(Following(new CompositeTextMapPropagator([new BaggagePropagator()]), "b3")));
        Assert.Equal(["b3"], Written(Following(new B3Propagator(singleHeader: true), "tracecontext")));
        Assert.Empty(Written(Following(new CompositeTextMapPropagator([]), "tracecontext")));
    }

    [Fact]
    public void The_variable_is_read_once_and_only_when_it_is_needed()
    {
        int reads = 0;
        TextMapPropagator sdk = new B3Propagator();
        ContextPropagator propagator = ContextPropagator.Following(
            () => sdk,
            () =>
            {
                reads++;
                return "b3";
            },
            Refusals.Shared);

        Written(propagator);
        int whileTheUserRules = reads;
        sdk = Noop();
        Written(propagator);
        sdk = Propagating.SdkW3C;
        Written(propagator);

        Assert.Equal(0, whileTheUserRules);
        Assert.Equal(1, reads);
    }

    [Fact]
    public void A_wrong_name_is_counted_once_and_skipped()
    {
        using RefusalLog log = new();
        ContextPropagator propagator = Following(Noop(), "jaeger, b3 ,xray");

        Assert.Equal(["b3"], Written(propagator));
        Assert.Equal(["b3"], Written(propagator));
        Assert.Equal(["propagator_unknown"], log.Causes);
    }

    [Fact]
    public void A_composite_of_the_W3Cs_takes_the_fast_path()
    {
        Assert.Equal(W3CParts.All, Examine(new TraceContextPropagator(), new BaggagePropagator()));
        Assert.Equal(W3CParts.All, Examine(new BaggagePropagator(), new TraceContextPropagator()));
        Assert.Equal(W3CParts.TraceContext, Examine(new TraceContextPropagator()));
        Assert.Equal(W3CParts.Baggage, Examine(new BaggagePropagator()));
        Assert.Equal(W3CParts.All, W3CProbe.Examine(new CompositeTextMapPropagator([Propagating.SdkW3C])));
        Assert.Equal(W3CParts.TraceContext, W3CProbe.Examine(new TraceContextPropagator()));
        Assert.Equal(W3CParts.Baggage, W3CProbe.Examine(new BaggagePropagator()));
    }

    [Fact]
    public void A_composite_with_anything_else_in_it_does_not()
    {
        ScriptedPropagator onlyReads = new() { ExtractScript = (context, get) => get("x-tenant")?.Any() == true ? default : context };
        ScriptedPropagator readsWhenThereIsNoTrace = new()
        {
            ExtractScript = (context, get) =>
                context.ActivityContext == default && get("x-trace")?.Any() == true ? new(Contexts.Sampled, default) : context,
        };
        ScriptedPropagator readsWhenThereIsATrace = new()
        {
            ExtractScript = (context, get) => context.ActivityContext != default && get("x-tenant")?.Any() == true ? default : context,
        };
        ScriptedPropagator onlyWrites = new() { InjectScript = (_, set) => set("x-tenant", "acme") };
        ScriptedPropagator onlyWhenUnsampled = new()
        {
            InjectScript = (context, set) =>
            {
                if (context.ActivityContext.TraceFlags == ActivityTraceFlags.None)
                {
                    set("traceparent", "mine");
                }
            },
        };
        ScriptedPropagator changesWhatIsRead = new() { ExtractScript = (context, _) => new PropagationContext(default, context.Baggage) };
        ScriptedPropagator throws = new() { InjectScript = (_, _) => throw new InvalidOperationException("broken") };

        Assert.All(
            [
                onlyReads, readsWhenThereIsNoTrace, readsWhenThereIsATrace, onlyWrites, onlyWhenUnsampled, changesWhatIsRead, throws,
                new B3Propagator(), new B3Propagator(singleHeader: true),
            ],
            (TextMapPropagator other) => Assert.Equal(W3CParts.None, Examine(new TraceContextPropagator(), new BaggagePropagator(), other)));
        Assert.Equal(W3CParts.None, W3CProbe.Examine(new DerivedPropagator()));
    }

    [Fact]
    public void One_instance_is_probed_once()
    {
        ScriptedPropagator member = new() { Names = new HashSet<string> { "custom" } };
        ContextPropagator propagator = new(new CompositeTextMapPropagator([new TraceContextPropagator(), member]));

        propagator.Extract(Headers.Of());
        int callsOfTheProbe = member.Calls - 1;
        propagator.Extract(Headers.Of());
        propagator.Extract(Headers.Of());

        Assert.Equal(callsOfTheProbe + 3, member.Calls);
    }

    [Fact]
    public async Task A_switch_while_others_use_it_shows_one_propagator_or_the_other()
    {
        TextMapPropagator[] choices = [new B3Propagator(singleHeader: true), Propagating.SdkW3C];
        TextMapPropagator sdk = choices[0];
        ContextPropagator propagator = ContextPropagator.Following(() => Volatile.Read(ref sdk), () => null, Refusals.Shared);
        using CancellationTokenSource stop = new();
        Task switching = Task.Run(
            () =>
            {
                for (int turn = 0; !stop.IsCancellationRequested; turn++)
                {
                    Volatile.Write(ref sdk, choices[turn & 1]);
                }
            },
            TestContext.Current.CancellationToken);

        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), TestContext.Current.CancellationToken, (_, _) =>
        {
            string names = string.Join(',', Written(propagator));
            Assert.True(names is "b3" or "traceparent,baggage", names);
            return ValueTask.CompletedTask;
        });
        await stop.CancelAsync();
        await switching;
    }

    [Fact]
    public void A_real_process_follows_the_environment()
    {
        Assert.Equal($"b3: {Contexts.TraceId}-{Contexts.SpanId}-1", FuzzProgram.Headers("b3"));
        Assert.Equal($"traceparent: {Contexts.TraceParent}\nbaggage: key=value", FuzzProgram.Headers(string.Empty));
        Assert.Equal(string.Empty, FuzzProgram.Headers("none"));
    }

    private static W3CParts Examine(params TextMapPropagator[] members) => W3CProbe.Examine(new CompositeTextMapPropagator(members));

    private static ContextPropagator Following(TextMapPropagator sdk, string? setting) =>
        ContextPropagator.Following(() => sdk, () => setting, Refusals.Shared);

    private static string[] Written(ContextPropagator propagator)
    {
        MessageHeaders headers = Headers.Of();
        propagator.Inject(Contexts.SampledWithoutState, default(Baggage).SetBaggage("k", "v"), headers);
        return [.. headers.Keys];
    }

    /// <summary>The API's own, which is what an unloaded SDK leaves in force.</summary>
    private static TextMapPropagator Noop() => (TextMapPropagator)Activator.CreateInstance(
        typeof(Propagators).Assembly.GetType("OpenTelemetry.Context.Propagation.NoopTextMapPropagator", throwOnError: true)!)!;

    private sealed class DerivedPropagator : TraceContextPropagator;
}
