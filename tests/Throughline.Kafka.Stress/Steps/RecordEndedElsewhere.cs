using System.Diagnostics;

namespace Throughline.Kafka.Stress.Steps;

/// <summary>A scope is disposed in another flow; then its own flow handles the next record.</summary>
internal sealed class RecordEndedElsewhere : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        var forked = branch.Fork();
        await Task.Run(async () =>
        {
            var (scope, inside) = OpenRecord.Open(forked, place);
            await forked.Fork().GoOnAsync(inside);
            await (forked.Random.Next(2) == 0 ? ForkedAsync(forked.Story, scope, place) : ApartAsync(forked.Story, scope));

            // What the ended scope left here is not the next one's parent, and goes with it.
            var (next, insideNext) = OpenRecord.Open(forked, place);
            using (next)
            {
                await forked.Fork().GoOnAsync(insideNext);
            }

            place.Check(forked.Story, "after the next record");
        });
        place.Check(branch.Story, "beside a scope that was disposed elsewhere");
    }

    // What was before the scope is ambient again, in the fork.
    private static Task ForkedAsync(Story story, ProcessScope scope, Place before) => Task.Run(() =>
    {
        scope.Dispose();
        before.Check(story, "where a scope was disposed that was opened outside");
    });

    private static Task ApartAsync(Story story, ProcessScope scope)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(() =>
            {
                using var theirs = new Activity("theirs").Start();
                scope.Dispose();
                new Place(theirs, null).Check(story, "where a scope was disposed that was opened elsewhere");
            });
        }
    }
}
