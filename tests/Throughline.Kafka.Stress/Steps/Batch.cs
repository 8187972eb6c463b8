namespace Throughline.Kafka.Stress.Steps;

/// <summary>A batch's scope with scopes of records inside: one after the other, side by side, or none.</summary>
internal sealed class Batch : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        var story = branch.Story;
        var records = Enumerable.Range(0, branch.Random.Next(1, 6)).Select(_ => story.NewRecord(branch.Random)).ToList();
        var consumer = branch.Consumer();
        using (var scope = consumer.Consumer.StartBatch([.. records.Select(record => record.Result)]))
        {
            if (scope.Activity is { } span && span.ParentSpanId != default)
            {
                story.Fail($"'{span.DisplayName}' of a batch has a parent, {span.ParentSpanId}");
            }

            var inside = new Place(scope.Activity, null, Logged: consumer.Logs ? "" : place.Logged);
            inside.Check(story, "inside a batch's scope");
            var branches = records.Select(_ => branch.Fork()).ToList();
            await (branch.Random.Next(3) switch
            {
                0 => EachAsync(branches, inside),
                1 => Task.WhenAll(branches.Select(each => new NestedRecord().TakeAsync(each, inside))),
                _ => branch.GoOnAsync(inside),
            });
            inside.Check(story, "after a batch's records");
        }

        place.Check(story, "after a batch's scope");
    }

    private static async Task EachAsync(List<Branch> branches, Place inside)
    {
        foreach (var branch in branches)
        {
            await new NestedRecord().TakeAsync(branch, inside);
            inside.Check(branch.Story, "between a batch's records");
        }
    }
}
