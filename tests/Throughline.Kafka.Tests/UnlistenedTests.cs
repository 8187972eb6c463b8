using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using NSubstitute;
using OpenTelemetry;
using Throughline.Testing;

namespace Throughline.Kafka.Tests;

/// <summary>Nobody listens: nothing is recorded, and the context goes on all the same.</summary>
[Collection(Isolated.Name)]
public class UnlistenedTests
{
    private const string TraceParent = "00-a089791ef1d00b034c087612d0b5443f-37681fb70a85e881-03";

    private readonly IProducer<string, string> _inner = Substitute.For<IProducer<string, string>>();
    private readonly Message<string, string> _message = new() { Value = "v" };

    [Fact]
    public void Send_with_nothing_ambient_passes_everything_through_untouched()
    {
        using var producer = _inner.WithTracing();
        Action<DeliveryReport<string, string>> handler = _ => { };
        producer.Produce("t", _message, handler);
        producer.Produce("t", _message);
        _inner.Received(1).Produce("t", _message, handler);
        _inner.Received(1).Produce("t", _message, null);
    }

    [Fact]
    public void Send_passes_the_ambient_context_on_and_the_handler_through()
    {
        Message<string, string>? sent = null;
        _inner.Produce("t", Arg.Do<Message<string, string>>(it => sent = it), null);
        using var producer = _inner.WithTracing();
        using var ambient = new Activity("ambient").SetIdFormat(ActivityIdFormat.W3C).Start();
        producer.Produce("t", _message);
        Assert.Equal(ambient.Id, Header(sent!));
        Assert.Null(_message.Headers);
    }

    [Fact]
    public void Received_context_goes_on_to_sends_and_spans_below()
    {
        Message<string, string>? sent = null;
        _inner.Produce("out", Arg.Do<Message<string, string>>(it => sent = it), null);
        using var producer = _inner.WithTracing();
        using var consumer = Substitute.For<IConsumer<string, string>>().WithTracing();
        using var theirs = SpanRecorder.Start("theirs");
        using var source = new ActivitySource("theirs");
        using (var scope = consumer.StartProcess(Received(("traceparent", TraceParent), ("tracestate", "v=1"), ("baggage", "tenant=blue"))))
        {
            producer.Produce("out", _message);
            Assert.Equal("blue", Baggage.Current.GetBaggage("tenant"));
            using var below = source.StartActivity("below");
            Assert.Equal("a089791ef1d00b034c087612d0b5443f", below!.TraceId.ToHexString());
        }

        Assert.Equal(TraceParent, Header(sent!));
        Assert.Equal("v=1", Header(sent!, "tracestate"));
        Assert.Equal("tenant=blue", Header(sent!, "baggage"));
        Assert.Null(Activity.Current);
        Assert.Equal(0, Baggage.Current.Count);
    }

    [Fact]
    public void Baggage_of_one_record_is_not_the_next_ones()
    {
        using var consumer = Substitute.For<IConsumer<string, string>>().WithTracing();
        using (consumer.StartProcess(Received()))
        {
            Baggage.SetBaggage("user", "alice");
        }

        using (consumer.StartProcess(Received()))
        {
            Assert.Equal(0, Baggage.Current.Count);
        }
    }

    [Fact]
    public void Baggage_alone_is_restored_and_taken_back()
    {
        using var consumer = Substitute.For<IConsumer<string, string>>().WithTracing();
        Baggage.Current = Baggage.Create(new() { ["mine"] = "1" });
        using (consumer.StartProcess(Received(("baggage", "theirs=2"))))
        {
            Assert.Equal("2", Baggage.Current.GetBaggage("theirs"));
            Assert.Null(Baggage.Current.GetBaggage("mine"));
            Baggage.SetBaggage("inside", "3");
        }

        Assert.Equal(["mine"], Baggage.Current.GetBaggage().Keys);
        Baggage.Current = default;
    }

    private static ConsumeResult<string, string> Received(params (string Name, string Value)[] headers)
    {
        var result = new ConsumeResult<string, string> { Topic = "t", Partition = 0, Offset = 1, Message = new() { Value = "v", Headers = [] } };
        foreach (var (name, value) in headers)
        {
            result.Message.Headers.Add(name, Encoding.UTF8.GetBytes(value));
        }

        return result;
    }

    private static string Header(Message<string, string> message, string name = "traceparent") =>
        Encoding.UTF8.GetString(message.Headers.GetLastBytes(name));
}
