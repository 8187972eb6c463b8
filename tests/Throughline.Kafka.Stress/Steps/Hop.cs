using Throughline.Kafka.Stress.Hops;

namespace Throughline.Kafka.Stress.Steps;

/// <summary>A handler goes on elsewhere: another thread, a timer's, a synchronization context's.</summary>
internal sealed class Hop : Step
{
    public override async Task TakeAsync(Branch branch, Place place)
    {
        switch (branch.Random.Next(6))
        {
            case 0:
                await Task.Yield();
                break;
            case 1:
                await Task.Run(() => branch.Fork().GoOnAsync(place));
                break;
            case 2:
                await Threads.DedicatedAsync();
                break;
            case 3:
                await Threads.TimerAsync();
                break;
            case 4:
                await OnThePumpAsync(branch, place);
                break;
            default:
                await Task.Delay(1).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                break;
        }

        place.Check(branch.Story, "after a hop");
        await branch.Fork().GoOnAsync(place);
    }

    private static async Task OnThePumpAsync(Branch branch, Place place)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Pump.Shared);
        try
        {
            await Task.Yield();
            place.Check(branch.Story, "on a synchronization context");
            var (scope, inside) = OpenRecord.Open(branch, place);
            using (scope)
            {
                await Task.Yield();
                inside.Check(branch.Story, "in a record's scope on a synchronization context");
            }

            place.Check(branch.Story, "after a record's scope on a synchronization context");
            await Task.Delay(1).ConfigureAwait(false);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }
}
