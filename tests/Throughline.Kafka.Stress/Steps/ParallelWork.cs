namespace Throughline.Kafka.Stress.Steps;

/// <summary>A handler does several things at once.</summary>
internal sealed class ParallelWork : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        var branches = Enumerable.Range(0, branch.Random.Next(2, 6)).Select(_ => branch.Fork()).ToList();
        if (branch.Random.Next(2) == 0)
        {
            await Parallel.ForEachAsync(branches, async (each, _) =>
            {
                place.Check(each.Story, "inside Parallel.ForEachAsync");
                await each.GoOnAsync(place);
            });
        }
        else
        {
            await Task.WhenAll(branches.Select(each => Task.Run(() => each.GoOnAsync(place))));
        }

        place.Check(branch.Story, "after parallel work");
    }
}
