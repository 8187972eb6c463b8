using Confluent.Kafka;
using Throughline.TestServers;

namespace Throughline.Testing.Tests;

public class RealKafkaTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Node_can_be_paused_resumed_killed_and_restarted_and_leaves_no_process()
    {
        var kafka = await RealKafka.TryStartAsync();
        Assert.SkipWhen(kafka is null, RealKafka.WhyUnavailable() ?? "");
        var processes = new List<int>(kafka.ProcessIds);
        try
        {
            var topic = KafkaFixture.Unique();
            await kafka.CreateTopicAsync(topic);
            using var producer = new ProducerBuilder<Null, string>(
                new ProducerConfig { BootstrapServers = kafka.BootstrapServers }).SetLogHandler((_, _) => { }).Build();

            await kafka.PauseAsync(1);
            var waiting = producer.ProduceAsync(topic, new Message<Null, string> { Value = "while paused" });
            Assert.Equal(ProcessState.Stopped, ProcessState.Of(processes[0]));
            Assert.False(waiting.IsCompleted);
            await kafka.ResumeAsync(1);
            Assert.Equal(0, (await waiting.WaitAsync(Patience)).Offset.Value);

            await kafka.KillAsync(1);
            await kafka.RestartAsync(1);
            processes.AddRange(kafka.ProcessIds);
            var after = await producer.ProduceAsync(topic, new Message<Null, string> { Value = "after" }).WaitAsync(Patience);
            Assert.Equal(1, after.Offset.Value);

            await kafka.PauseAsync(1);
        }
        finally
        {
            await kafka.DisposeAsync();
        }

        Assert.Equal(2, processes.Distinct().Count());
        Assert.All(processes, process => Assert.Equal(ProcessState.Ended, ProcessState.Of(process)));
    }
}
