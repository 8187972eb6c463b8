using System.Diagnostics;

namespace Throughline.Kafka.Stress.Steps;

/// <summary>The application's own span, current while it goes on.</summary>
internal sealed class ChildSpan : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        using (var span = Story.Source.StartActivity("child"))
        {
            CheckParent(branch.Story, span, place);
            await branch.GoOnAsync(span is null ? place : place with { Activity = span });
        }

        place.Check(branch.Story, "after a child span");
    }

    internal static void CheckParent(Story story, Activity? span, Place place)
    {
        // A forwarded activity is the parent itself in its own process.
        if (span is not null && span.ParentSpanId != (place.Activity?.SpanId ?? default))
        {
            story.Fail($"'{span.DisplayName}' is under {span.ParentSpanId}, not {place.Activity?.SpanId}");
        }
    }
}
