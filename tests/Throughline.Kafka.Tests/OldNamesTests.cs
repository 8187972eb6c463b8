using Confluent.Kafka;
using NSubstitute;
using Throughline.Kafka.Internal;
using Throughline.Testing;

namespace Throughline.Kafka.Tests;

/// <summary>The v1.24 names; by themselves, since the variable is the whole process's.</summary>
[Collection(Isolated.Name)]
public class OldNamesTests
{
    [Fact]
    public async Task Old_names_stand_beside_the_new_ones_where_asked_for()
    {
        Environment.SetEnvironmentVariable(ConventionsOptIn.Variable, "http, messaging/dup");
        try
        {
            using var recorder = SpanRecorder.Start(KafkaInstrumentation.ActivitySourceName);
            var inner = Substitute.For<IProducer<string, string>>();
            inner.ProduceAsync("t", Arg.Any<Message<string, string>>(), Arg.Any<CancellationToken>())
                .Returns(new DeliveryResult<string, string> { Topic = "t", Partition = 2, Offset = 7 });
            using var producer = inner.WithTracing(new() { ClientId = "me" });
            await producer.ProduceAsync("t", new() { Value = "v" });
            using var consumer = Substitute.For<IConsumer<string, string>>().WithTracing(new() { GroupId = "g" });
            using (consumer.StartProcess(new() { Topic = "t", Partition = 2, Offset = 7, Message = new() { Value = "v" } }))
            {
            }

            await recorder.WaitForAsync(2);
            recorder.Traces[0].Span("send t").HasTag("messaging.operation", "publish").HasTag("messaging.client_id", "me")
                .HasTag("messaging.kafka.destination.partition", 2).HasTag("messaging.kafka.message.offset", 7)
                .HasTag("messaging.destination.partition.id", "2").HasTag("messaging.kafka.offset", 7);
            recorder.Traces[1].Span("process t").HasTag("messaging.operation", "process").HasTag("messaging.kafka.consumer.group", "g")
                .HasTag("messaging.kafka.destination.partition", 2).HasTag("messaging.kafka.message.offset", 7);
        }
        finally
        {
            Environment.SetEnvironmentVariable(ConventionsOptIn.Variable, null);
        }
    }

    [Theory]
    [InlineData("messaging/dup", true)]
    [InlineData("database, Messaging/Dup", true)]
    [InlineData("messaging", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Opt_in_is_a_comma_list(string? list, bool wanted) =>
        Assert.Equal(wanted, ConventionsOptIn.Includes(list, "messaging/dup"));
}
