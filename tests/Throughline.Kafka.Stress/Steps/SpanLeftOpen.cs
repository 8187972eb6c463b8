namespace Throughline.Kafka.Stress.Steps;

/// <summary>A handler starts spans and leaves them open.</summary>
internal sealed class SpanLeftOpen : Step
{
    public override Task TakeAsync(Branch branch, Place place)
    {
        var (scope, _) = OpenRecord.Open(branch, place);
        using (scope)
        {
            for (var i = branch.Random.Next(1, 4); i > 0; i--)
            {
                Story.Source.StartActivity("left open");
            }
        }

        place.Check(branch.Story, "after a handler that left spans open");
        return Task.CompletedTask;
    }
}
