using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Stress.Steps;

/// <summary>A send whose delivery handler has spans of its own, handles a record, or throws; on whatever thread it is called.</summary>
internal sealed class ReportedSend : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        var (forked, throws) = (branch.Fork(), branch.Random.Next(4) == 0);
        var done = new TaskCompletionSource<Headers?>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            branch.Producer().Produce(World.Topic, new Message<string, string> { Key = "k", Value = "v" }, report =>
            {
                Handle(forked, place);
                done.SetResult(report.Message.Headers);
                if (throws)
                {
                    throw new FormatException("the delivery handler's");
                }
            });
        }
        catch (FormatException)
        {
            // Of a client that calls handlers within Produce.
        }

        place.Check(branch.Story, "after a send");
        SentContext.Check(branch.Story, place, await done.Task);
        place.Check(branch.Story, "after a delivery report");
    }

    private static void Handle(Branch branch, Place sender)
    {
        // Within Produce it is the sender's flow, on a client's thread nobody's.
        var (story, before) = (branch.Story, Story.Current);
        Story.Current = story;
        var span = Activity.Current;
        var here = span == sender.Activity || span is null
            ? new Place(span, OpenTelemetry.Baggage.GetBaggage("story"), OpenTelemetry.Baggage.GetBaggage("extra"))
            : sender with { Activity = span };
        here = here with { Logged = story.World.Logs.Offsets() };
        if (span is not null && span != sender.Activity
            && (span.OperationName != $"send {World.Topic}" || span.ParentSpanId != sender.ParentSpanId))
        {
            story.Fail($"a delivery handler runs in '{span.DisplayName}' under {span.ParentSpanId}, not under {sender.ParentSpanId}");
        }

        here.Check(story, "in a delivery handler");
        using (var child = Story.Source.StartActivity("child of a report"))
        {
            ChildSpan.CheckParent(story, child, here);
        }

        var (scope, inside) = OpenRecord.Open(branch, here);
        using (scope)
        {
            inside.Check(story, "in a record's scope in a delivery handler");
        }

        here.Check(story, "after a record's scope in a delivery handler");
        Story.Current = before;
    }
}
