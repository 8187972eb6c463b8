using Confluent.Kafka;
using Throughline.Kafka.Stress.Steps;

namespace Throughline.Kafka.Stress;

/// <summary>Where a story goes on by itself: with a chance of its own, so that branches side by side do not disturb each other's.</summary>
internal sealed class Branch(Story story, Random random, int depth)
{
    private const int DepthMax = 4;

    public Story Story => story;

    public Random Random => random;

    public Branch Fork() => new(story, new Random(random.Next()), depth + 1);

    public StressConsumer Consumer() => story.World.Consumers[random.Next(story.World.Consumers.Count)];

    public IProducer<string, string> Producer() => story.World.Producers[random.Next(story.World.Producers.Count)];

    /// <summary>Takes a few steps; each has to leave everything as it was.</summary>
    public async Task GoOnAsync(Place place)
    {
        if (depth >= DepthMax)
        {
            place.Check(story, "at the end of a branch");
            return;
        }

        for (var left = random.Next(1, 4); left > 0; left--)
        {
            var step = Step.Any(random);
            story.Took(step.Name);
            await step.TakeAsync(Fork(), place);
            place.Check(story, $"after {step.Name}");
        }
    }
}
