using Confluent.Kafka;

namespace Throughline.Kafka.Stress.Steps;

/// <summary>A send that is awaited.</summary>
internal sealed class AwaitedSend : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        var sending = branch.Producer().ProduceAsync(World.Topic, new Message<string, string> { Key = "k", Value = "v" });
        place.Check(branch.Story, "while a send is under way");
        var sent = await sending;
        place.Check(branch.Story, "after an awaited send");
        SentContext.Check(branch.Story, place, sent.Message.Headers);
    }
}
