using System.Diagnostics;
using Throughline.TestServers;

namespace Throughline.Kafka.Loss;

/// <summary>Does one harm after the other, in an order and at times that a seed decides, and makes it good again.</summary>
internal sealed class Faults(RealKafka kafka, Members members, int seed, int killsARound = 1)
{
    // Longer than a member's session: the group goes on without it, and it learns of that when it wakes.
    private static readonly TimeSpan PauseTime = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan NodeDownTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan NodeSlowTime = TimeSpan.FromSeconds(30);

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, int> _done = [];
    private Task _nodeIsBack = Task.CompletedTask;

    internal string Description => string.Join(", ", _done.Select(each => $"{each.Value} {each.Key}"));

    internal async Task RunAsync(Task until)
    {
        (string Name, Func<Task> Harm)[] all =
        [
            .. Enumerable.Repeat<(string, Func<Task>)>(("consumers killed", members.KillOneAsync), killsARound),
            ("nodes killed", KillNodeAsync),
            ("consumers paused beyond their session", () => members.PauseOneAsync(PauseTime)),
            ("consumers left and joined", members.ReplaceOneAsync),
        ];
        var startTimestamp = Stopwatch.GetTimestamp();
        while (!until.IsCompleted)
        {
            // Each once a round.
            _random.Shuffle(all);
            foreach (var (name, harm) in all)
            {
                await Task.WhenAny(until, Task.Delay(TimeSpan.FromSeconds(1 + (3 * _random.NextDouble()))));
                if (until.IsCompleted)
                {
                    break;
                }

                Console.WriteLine($"  {Stopwatch.GetElapsedTime(startTimestamp).TotalSeconds,5:F0} s  {name}");
                await harm();
                _done[name] = _done.GetValueOrDefault(name) + 1;
            }
        }

        await _nodeIsBack;
    }

    // One at a time, while other harm is done: a node takes a while to come back.
    private async Task KillNodeAsync()
    {
        await _nodeIsBack;
        var node = 1 + _random.Next(kafka.Nodes);
        await kafka.KillAsync(node);
        _nodeIsBack = BringBackAsync(node);
    }

    private async Task BringBackAsync(int node)
    {
        await Task.Delay(NodeDownTime);
        try
        {
            await kafka.RestartAsync(node);
        }
        catch (InvalidOperationException)
        {
            // It was started, and has not opened its port in time: on a busy machine it takes longer.
            Console.WriteLine($"  node {node} is slow to come back");
            await Task.Delay(NodeSlowTime);
        }
    }
}
