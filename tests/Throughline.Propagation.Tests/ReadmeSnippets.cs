using System.Diagnostics;
using OpenTelemetry;

namespace Throughline.Propagation.Tests;

/// <summary>The README's code, run.</summary>
public sealed class ReadmeSnippets
{
    [Fact]
    public void Context_goes_out_and_comes_back()
    {
        using ActivitySource source = new("MyQueue");
        using ActivityListener listener = new()
        {
            ShouldListenTo = one => one == source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity? activity = source.StartActivity("order");
        Dictionary<string, object?> headers = [];

        // Sending: in the place of whatever context the headers had.
        ContextPropagator.Default.Inject(activity?.Context ?? default, Baggage.Current, new ByteHeaders(headers));

        // Receiving: malformed headers are no context, and counted.
        ExtractedContext extracted = ContextPropagator.Default.Extract(new ByteHeaders(headers));
        using Activity? process = source.StartActivity("process orders", ActivityKind.Consumer, extracted.ToActivityContext());

        Assert.Equal(activity!.SpanId, process!.ParentSpanId);
        Assert.Equal(activity.TraceId, process.TraceId);
        Assert.True(process.HasRemoteParent);
    }
}
