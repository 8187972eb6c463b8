using System.Text;
using Throughline.TestServers;

namespace Throughline.Kafka.Tests;

/// <summary>Bytes that other languages' instrumentations were seen to write (Java agent 2.30, Python 0.66b1).</summary>
public abstract class ForeignHeaderSuite(KafkaFixture kafka) : TracingSuite(kafka)
{
    [Theory]
    [InlineData("00-a089791ef1d00b034c087612d0b5443f-37681fb70a85e881-03")]
    [InlineData("00-c561ea2996de3e7aa2331babfa6b0bb5-61fdf267d2a09478-03")]
    public async Task Record_is_processed_in_the_trace_of_its_sender_and_forwarded_in_the_same_form(string traceParent)
    {
        var topic = await CreateTopicAsync();
        using var recorder = Record(topic);
        using var consumer = Consumer(topic);
        using var producer = Producer();
        using (var bare = new Confluent.Kafka.ProducerBuilder<string, string>(ProducerConfig()).Build())
        {
            await bare.ProduceAsync(topic, Message("v", ("traceparent", traceParent)));
        }

        using (consumer.StartProcess(ConsumeOne(consumer)))
        {
            var forwarded = await producer.ProduceAsync(topic, Message());
            var header = Assert.Single(forwarded.Message.Headers, header => header.Key == "traceparent").GetValueBytes();
            Assert.Equal(55, header.Length);
            Assert.Equal(traceParent[..35], Encoding.ASCII.GetString(header)[..35]);
            Assert.Equal("-03", Encoding.ASCII.GetString(header)[^3..]);
        }

        var process = await recorder.WaitForAsync($"process {topic}");
        Assert.Equal(traceParent[3..35], process.TraceId.ToHexString());
        Assert.Equal(traceParent[36..52], process.ParentSpanId.ToHexString());
    }

    public sealed class OnEmbeddedBroker(EmbeddedKafka kafka) : ForeignHeaderSuite(kafka);

    public sealed class OnOneNode(OneNodeKafka kafka) : ForeignHeaderSuite(kafka);
}
