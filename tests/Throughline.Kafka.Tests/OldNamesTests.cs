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
            var source = Substitute.For<IConsumer<string, string>>();
            using var consumer = source.WithTracing(new() { GroupId = "g" }, new() { PollSpans = true });
            using (consumer.StartProcess(Received(offset: 7)))
            {
            }

            source.Consume(0).Returns(Received(offset: 8));
            consumer.Consume(0);
            using (consumer.StartBatch([Received(offset: 9)]))
            {
            }

            await recorder.WaitForAsync(4);
            recorder.Traces[0].Span("send t").HasTag("messaging.operation", "publish").HasTag("messaging.client_id", "me")
                .HasTag("messaging.kafka.destination.partition", 2).HasTag("messaging.kafka.message.offset", 7)
                .HasTag("messaging.destination.partition.id", "2").HasTag("messaging.kafka.offset", 7);
            recorder.Traces[1].Span("process t").HasTag("messaging.operation", "process").HasTag("messaging.kafka.consumer.group", "g")
                .HasTag("messaging.kafka.destination.partition", 2).HasTag("messaging.kafka.message.offset", 7);
            recorder.Traces[2].Span("poll t").HasTag("messaging.operation", "receive")
                .HasTag("messaging.kafka.message.offset", 8).HasTag("messaging.kafka.offset", 8);
            var link = Assert.Single(recorder.Traces[3].Span("process t").Span.Links);
            Assert.Equal(9L, link.Tags["messaging.kafka.message.offset"]);
            Assert.Equal(9L, link.Tags["messaging.kafka.offset"]);
            Assert.Equal(2, link.Tags["messaging.kafka.destination.partition"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(ConventionsOptIn.Variable, null);
        }
    }

    private static ConsumeResult<string, string> Received(long offset) => new()
    {
        Topic = "t",
        Partition = 2,
        Offset = offset,
        Message = new()
        {
            Value = "v",
            Headers = offset == 9 ? new() { { "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"u8.ToArray() } } : null,
        },
    };

    [Theory]
    [InlineData("messaging/dup", true)]
    [InlineData("database, Messaging/Dup", true)]
    [InlineData("messaging", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Opt_in_is_a_comma_list(string? list, bool wanted) =>
        Assert.Equal(wanted, ConventionsOptIn.Includes(list, "messaging/dup"));
}
