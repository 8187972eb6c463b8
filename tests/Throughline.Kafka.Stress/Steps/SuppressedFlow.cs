using Confluent.Kafka;

namespace Throughline.Kafka.Stress.Steps;

/// <summary>Work that is started, sent or handled where the flow is suppressed.</summary>
internal sealed class SuppressedFlow : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        var forked = branch.Fork();
        Task apart;
        using (ExecutionContext.SuppressFlow())
        {
            apart = Task.Run(() => ApartAsync(forked));
            HandleHere(branch.Fork(), place);
            place.Check(branch.Story, "within a suppressed flow");
        }

        place.Check(branch.Story, "after a suppressed flow");
        await apart;
    }

    private static async Task ApartAsync(Branch branch)
    {
        Place.Nowhere.Check(branch.Story, "in a flow that was started apart");
        Story.Current = branch.Story;
        await new NestedRecord().TakeAsync(branch, Place.Nowhere);
        Place.Nowhere.Check(branch.Story, "after a record in a flow that was started apart");
    }

    // In this thread, where nothing may await.
    private static void HandleHere(Branch branch, Place place)
    {
        var (scope, inside) = OpenRecord.Open(branch, place);
        using (scope)
        {
            branch.Producer().Produce(World.Topic, new Message<string, string> { Value = "v" });
            inside.Check(branch.Story, "after a send within a suppressed flow");
        }

        place.Check(branch.Story, "after a record within a suppressed flow");
    }
}
