using System.Diagnostics;
using Throughline.Propagation;

namespace Throughline.Kafka.Stress.Steps;

/// <summary>A record's scope, checked when it is opened: whose child its span is, what it links to, which baggage is there.</summary>
internal readonly record struct OpenRecord(ProcessScope Scope, Place Inside)
{
    // Not async: what it makes ambient is to stay with the caller.
    public static OpenRecord Open(Branch branch, Place around)
    {
        var (story, consumer) = (branch.Story, branch.Consumer());
        var record = story.NewRecord(branch.Random);
        var scope = consumer.Consumer.StartProcess(record.Result);
        CheckSpan(story, consumer, record, scope.Activity);
        var inside = new Place(
            scope.Activity, record.Baggage, Logged: consumer.Logs ? $"{record.Result.Offset.Value}" : around.Logged);
        inside.Check(story, "inside a record's scope");
        return new(scope, inside);
    }

    private static void CheckSpan(Story story, StressConsumer consumer, StoryRecord record, Activity? span)
    {
        var origin = record.Origin;
        if (span is null)
        {
            if (origin.TraceId != default)
            {
                story.Fail("a record's context is not passed on");
            }

            return;
        }

        var starts = origin.TraceId == default || (consumer.Correlation == ProcessCorrelation.Link && span is not ForwardedActivity);
        if (starts ? span.ParentSpanId != default || span.TraceId == origin.TraceId : span.ParentSpanId != origin.SpanId || span.TraceId != origin.TraceId)
        {
            story.Fail($"'{span.DisplayName}' is {span.TraceId} under {span.ParentSpanId}; its record's context is {origin.TraceId}/{origin.SpanId}");
        }

        if (span.IsAllDataRequested && origin.TraceId != default && consumer.Correlation != ProcessCorrelation.Parent
            && !span.Links.Any(link => link.Context.SpanId == origin.SpanId))
        {
            story.Fail($"'{span.DisplayName}' does not link to its record's context");
        }
    }
}
