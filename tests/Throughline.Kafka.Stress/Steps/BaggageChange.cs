using OpenTelemetry;

namespace Throughline.Kafka.Stress.Steps;

/// <summary>A handler sets baggage, which its own flow sees, and nobody afterwards.</summary>
internal sealed class BaggageChange : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        var (scope, inside) = OpenRecord.Open(branch, place);
        using (scope)
        {
            var extra = $"{branch.Random.Next()}";
            Baggage.SetBaggage("extra", extra);
            inside = inside with { Extra = extra };
            inside.Check(branch.Story, "after setting baggage");
            await branch.GoOnAsync(inside);
        }

        place.Check(branch.Story, "after a handler that set baggage");
    }
}
