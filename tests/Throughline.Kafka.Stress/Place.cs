using System.Diagnostics;
using Throughline.Propagation;

namespace Throughline.Kafka.Stress;

/// <summary>What has to be ambient at one point of a story.</summary>
/// <param name="Activity">The very activity that is to be current.</param>
/// <param name="Baggage">The value of the baggage member <c>story</c>.</param>
/// <param name="Extra">The value of the baggage member <c>extra</c>, which handlers set.</param>
/// <param name="Logged">The offset that logs tell; empty for none.</param>
internal sealed record Place(Activity? Activity, string? Baggage, string? Extra = null, string Logged = "")
{
    public static Place Nowhere { get; } = new(null, null);

    /// <summary>The span that a child here, or a send, has for its parent.</summary>
    public ActivitySpanId ParentSpanId => Activity switch
    {
        null => default,
        ForwardedActivity forwarded => forwarded.Received.SpanId,
        _ => Activity.SpanId,
    };

    public void Check(Story story, string when)
    {
        story.Witness.Checked();
        var here = System.Diagnostics.Activity.Current;
        if (here != Activity)
        {
            story.Fail($"{when}: current is {Name(here)}, not {Name(Activity)}");
        }

        if (story.World.Logs.Offsets() is var logged && logged != Logged)
        {
            story.Fail($"{when}: logs are about offset '{logged}', not '{Logged}'");
        }

        CheckBaggage(story, when);
    }

    public void CheckBaggage(Story story, string when)
    {
        var (baggage, extra) = (OpenTelemetry.Baggage.GetBaggage("story"), OpenTelemetry.Baggage.GetBaggage("extra"));
        if (baggage != Baggage || extra != Extra)
        {
            story.Fail($"{when}: baggage is story={baggage ?? "none"}, extra={extra ?? "none"}, not {Baggage ?? "none"}, {Extra ?? "none"}");
        }
    }

    private static string Name(Activity? activity) =>
        activity is null ? "nothing" : $"'{activity.DisplayName}' {activity.SpanId}{(activity.IsStopped ? " (stopped)" : "")}";
}
