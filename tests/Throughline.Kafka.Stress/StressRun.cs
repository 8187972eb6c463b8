using System.Diagnostics;
using System.Globalization;
using OpenTelemetry;
using Throughline.Kafka.Stress.Clients;
using Throughline.Kafka.Stress.Steps;

namespace Throughline.Kafka.Stress;

/// <summary>
/// Runs stories, many at once, each in the flow of a loop that has a span and baggage of its own: nothing of a story may
/// stay there, and nothing of the loop's may get into a story.
/// </summary>
internal sealed class StressRun(int seed, int atOnce, TextWriter output)
{
    private static readonly TimeSpan StoryTimeMax = TimeSpan.FromSeconds(30);

    private int _stories;

    /// <summary>Runs; false after a failure, which is printed with the seed.</summary>
    public async Task<bool> RunAsync(int storiesMax, TimeSpan timeMax)
    {
        output.WriteLine($"seed {seed}, {atOnce} handlers at once");
        using var witness = new Witness();
        var started = Stopwatch.GetTimestamp();
        var half = timeMax / 2;
        var world = StressClients.InMemory(witness);
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(() => LoopAsync(witness, world, storiesMax, started, half))));
        var inMemory = _stories;
        var sent = 0;
        if (witness.Failures.Count == 0)
        {
            sent = await new BrokerRun(seed, atOnce, witness).RunAsync(storiesMax / 8, timeMax - half);
        }

        foreach (var failure in witness.Failures)
        {
            output.WriteLine(failure);
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{inMemory:N0} stories in memory, {sent:N0} through a broker: {witness.Spans:N0} spans, {witness.Checks:N0} checks, {witness.Failures.Count} failures, {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s"));
        return witness.Failures.Count == 0;
    }

    private async Task LoopAsync(Witness witness, World world, int storiesMax, long started, TimeSpan timeMax)
    {
        using var accident = new Activity("the loop's own").Start();
        Baggage.SetBaggage("story", "the loop's own");
        var here = new Place(accident, "the loop's own");
        while (witness.Failures.Count == 0 && Stopwatch.GetElapsedTime(started) < timeMax)
        {
            var number = Interlocked.Increment(ref _stories);
            if (number > storiesMax)
            {
                Interlocked.Decrement(ref _stories);
                return;
            }

            var story = new Story(seed, number, witness, world);
            Story.Current = story;

            // In this very flow, as loops do: what a scope leaves behind stays here.
            var branch = story.Begin();
            var (scope, inside) = OpenRecord.Open(branch, here);
            await TellAsync(branch, inside);
            switch (branch.Random.Next(3))
            {
                case 0:
                    scope.Dispose();
                    break;
                case 1:
                    Baggage.SetBaggage("extra", "of the story");
                    scope.Dispose();
                    break;
                default:
                    await Task.Run(() => DisposeInAFork(scope, changesSomething: number % 2 == 0));
                    OpenRecord.Open(branch, here).Scope.Dispose();
                    break;
            }

            here.Check(story, "after the story");
            Story.Current = null;
            witness.Forget(story);
        }
    }

    private static void DisposeInAFork(ProcessScope scope, bool changesSomething)
    {
        if (changesSomething)
        {
            new Activity("of the fork").Start();
        }

        scope.Dispose();
    }

    private static async Task TellAsync(Branch branch, Place inside)
    {
        try
        {
            await branch.GoOnAsync(inside).WaitAsync(StoryTimeMax);
        }
        catch (Exception exception)
        {
            branch.Story.Fail($"threw {exception}");
        }
    }
}
