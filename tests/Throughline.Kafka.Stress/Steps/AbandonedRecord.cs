namespace Throughline.Kafka.Stress.Steps;

/// <summary>Scopes that are never disposed, one in the other, in a flow that ends.</summary>
internal sealed class AbandonedRecord : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        var forked = branch.Fork();
        await Task.Run(async () =>
        {
            place.Check(forked.Story, "in a forked flow");
            var around = place;
            for (var i = forked.Random.Next(1, 4); i > 0; i--)
            {
                var (_, inside) = OpenRecord.Open(forked, around);
                around = inside;
                await forked.Fork().GoOnAsync(inside);
            }
        });
        place.Check(branch.Story, "beside an abandoned scope");
    }
}
