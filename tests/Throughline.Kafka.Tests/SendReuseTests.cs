using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using NSubstitute;
using Throughline.Kafka.Internal;
using Throughline.Testing;

namespace Throughline.Kafka.Tests;

/// <summary>What follows a send, and the copy of its message, are used again for later sends: nothing of one may show in another.</summary>
public sealed class SendReuseTests : IDisposable
{
    private readonly string _topic = $"reuse-{Guid.NewGuid():N}";
    private readonly IProducer<string, string> _inner = Substitute.For<IProducer<string, string>>();
    private readonly List<Action<DeliveryReport<string, string>>> _handlers = [];
    private readonly List<Message<string, string>> _messages = [];
    private readonly List<string> _traceParents = [];
    private readonly List<string> _headerNames = [];
    private readonly SpanRecorder _recorder;

    public SendReuseTests()
    {
        _recorder = SpanRecorder.Start(new SpanRecorderOptions
        {
            Sources = [KafkaInstrumentation.ActivitySourceName],
            Scope = SpanScope.Destination(_topic),
        });
        _inner.Produce(
            _topic,
            Arg.Do<Message<string, string>>(Keep),
            Arg.Do<Action<DeliveryReport<string, string>>>(_handlers.Add));
    }

    public void Dispose() => _recorder.Dispose();

    [Fact]
    public void Send_after_a_reported_one_uses_what_that_one_left()
    {
        using var producer = Built();
        producer.Produce(_topic, Message());
        _handlers[0](Report(1));
        producer.Produce(_topic, Message());
        _handlers[1](Report(2));
        Assert.Same(_handlers[0], _handlers[1]);
        Assert.Same(_messages[0], _messages[1]);
        Assert.Equal([1L, 2L], Offsets());
    }

    [Fact]
    public void Sends_under_way_together_are_told_apart()
    {
        using var producer = Built();
        var told = new List<(string Send, string? Id)>();
        for (var i = 0; i < 3; i++)
        {
            var name = $"{i}";
            producer.Produce(_topic, Message(), _ => told.Add((name, Activity.Current?.Id)));
        }

        Assert.Equal(3, _handlers.Distinct().Count());
        _handlers[2](Report(12));
        _handlers[0](Report(10));
        producer.Produce(_topic, Message());
        _handlers[1](Report(11));
        Assert.Equal([("2", _traceParents[2]), ("0", _traceParents[0]), ("1", _traceParents[1])], told);
        Assert.Equal([12L, 10L, 11L], Offsets());
    }

    [Fact]
    public void Send_that_was_refused_leaves_nothing_to_the_next_one()
    {
        using var producer = Built();
        var refusals = 1;
        _inner.When(inner => inner.Produce(_topic, Arg.Any<Message<string, string>>(), Arg.Any<Action<DeliveryReport<string, string>>>()))
            .Do(call =>
            {
                if (refusals-- > 0)
                {
                    throw new ProduceException<string, string>(
                        new Error(ErrorCode.Local_QueueFull), new() { Message = call.Arg<Message<string, string>>() });
                }
            });
        var refused = Message();
        var called = 0;
        var exception = Assert.Throws<ProduceException<string, string>>(() => producer.Produce(_topic, refused, _ => called++));
        producer.Produce(_topic, Message());
        _handlers[1](Report(5));
        Assert.Equal(0, called);
        Assert.Same(refused, exception.DeliveryResult.Message);
        Assert.NotSame(_messages[0], _messages[1]);
        Assert.Equal(["_QUEUE_FULL", null], _recorder.Spans.Select(span => span.Tag("error.type")));
        Assert.Null(_recorder.Spans[1].StatusDescription);
        Assert.Equal(5L, _recorder.Spans[1].Tag("messaging.kafka.offset"));
    }

    [Fact]
    public void Report_after_disposal_tells_nothing_more()
    {
        var producer = Built();
        producer.Produce(_topic, Message());
        producer.Dispose();
        _handlers[0](Report(1));
        Assert.Equal("unknown", Assert.Single(_recorder.Spans).Tag("throughline.send.outcome"));
    }

    [Fact]
    public void Handler_that_throws_leaves_nothing_to_the_next_send()
    {
        using var producer = Built();
        producer.Produce(_topic, Message(), _ => throw new FormatException("the handler's own"));
        Assert.Throws<FormatException>(() => _handlers[0](Report(1)));
        producer.Produce(_topic, Message());
        _handlers[1](Report(2));
        Assert.Equal([1L, 2L], Offsets());
    }

    [Fact]
    public void Wrapped_client_is_never_given_the_same_handler_or_message_twice()
    {
        using var producer = _inner.WithTracing();
        producer.Produce(_topic, Message());
        _handlers[0](Report(1));
        producer.Produce(_topic, Message());
        _handlers[0](Report(8));
        _handlers[1](Report(2));
        Assert.NotSame(_handlers[0], _handlers[1]);
        Assert.NotSame(_messages[0], _messages[1]);
        Assert.Equal([1L, 2L], Offsets());
    }

    [Fact]
    public void Message_that_is_kept_for_the_next_send_keeps_nothing_of_this_one()
    {
        using var producer = Built();
        producer.Produce(_topic, Message());
        Assert.Null(_messages[0].Key);
        Assert.Null(_messages[0].Value);
        Assert.Empty(_messages[0].Headers);
    }

    // What a message holds while it is sent; afterwards a copy may be empty.
    private void Keep(Message<string, string> message)
    {
        _messages.Add(message);
        _headerNames.Add(string.Join(',', message.Headers.Select(header => header.Key)));
        _traceParents.Add(Encoding.ASCII.GetString(message.Headers.GetLastBytes("traceparent")));
    }

    [Fact]
    public void Headers_of_one_message_are_not_on_the_next_one()
    {
        using var producer = Built();
        var first = Message();
        first.Headers = new() { { "mine", [1] } };
        producer.Produce(_topic, first);
        producer.Produce(_topic, Message());
        Assert.Equal(["mine,traceparent", "traceparent"], _headerNames);
        Assert.Distinct(_traceParents);
        Assert.Equal("mine", Assert.Single(first.Headers).Key);
    }

    [Fact]
    public void Messages_are_not_used_again_where_the_users_serializer_has_seen_their_headers()
    {
        Assert.False(InnerClient.Confluents(Substitute.For<ISerializer<string>>(), Serializers.Utf8).KeepsNoMessages);
        Assert.True(InnerClient.Confluents(null, Serializers.Utf8).KeepsNoMessages);
    }

    private static Message<string, string> Message() => new() { Key = "k", Value = "v" };

    // As TracingProducerBuilder makes it, but for the client inside.
    private TracingProducer<string, string> Built() => new(_inner, new(), new(), InnerClient.Confluents());

    private DeliveryReport<string, string> Report(long offset) =>
        new() { Topic = _topic, Partition = 0, Offset = offset, Error = new Error(ErrorCode.NoError) };

    private IEnumerable<object?> Offsets() => _recorder.Spans.Select(span => span.Tag("messaging.kafka.offset"));
}
