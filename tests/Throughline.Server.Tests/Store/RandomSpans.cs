using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Store;

/// <summary>Spans and queries at random, of few enough words that they meet.</summary>
internal sealed class RandomSpans(int seed)
{
    private static readonly string[] Services = ["order-service", "billing", "shipping"];
    private static readonly string[] Topics = ["orders", "payments"];

    private readonly Random _random = new(seed);
    private ulong _id;

    public Random Random => _random;

    /// <param name="offsetsApart">How far apart the offsets are.</param>
    public TestSpan Next(int offsetsApart = 1)
    {
        var topic = Topics[_random.Next(Topics.Length)];
        return new TestSpan
        {
            Trace = new TraceId(7, (ulong)_random.Next(1, 40)),
            Id = ++_id,
            Service = Services[_random.Next(Services.Length)],
            Name = "process " + topic,
            Kind = _random.Next(2) == 0 ? SpanKind.Producer : SpanKind.Consumer,
            Status = _random.Next(5) == 0 ? SpanStatus.Error : SpanStatus.Unset,
            Start = 1_000_000 + _random.Next(0, 500),
            Duration = 1L << _random.Next(0, 40),
            Resource = [("host.name", "h" + _random.Next(3))],
            Attributes =
            [
                .. TestSpan.Kafka(_random.Next(2) == 0 ? "send" : "process", topic, _random.Next(3), offsetsApart * _random.Next(50)),
                ("order.id", "o-" + _random.Next(60)),
                ("attempt", _random.Next(4)),
                ("weight", _random.Next(3) + 0.5),
                ("express", _random.Next(2) == 0),
                ("tags", new object[] { "t" + _random.Next(4), "t" + _random.Next(4) }),
                .. _random.Next(6) == 0 ? [("rare", (object)"yes")] : Array.Empty<(string, object)>(),
            ],
            Links = _random.Next(3) == 0 ? [(new TraceId(7, (ulong)_random.Next(1, 40)), 1, [])] : [],
        };
    }

    public Condition Query(int depth = 2) => depth == 0 || _random.Next(2) == 0
        ? Compare()
        : _random.Next(3) switch
        {
            0 => new Condition.And([Query(depth - 1), Query(depth - 1)]),
            1 => new Condition.Or([Query(depth - 1), Query(depth - 1)]),
            _ => new Condition.Not(Query(depth - 1)),
        };

    /// <summary>Asks for a partition's records by their offsets: a few, many, or those from one on.</summary>
    public Condition Offsets() => new Condition.And(
    [
        new Condition.Compare(new Field(WellKnownField.Topic), Comparison.Equal, new QueryValue(Topics[_random.Next(2)])),
        new Condition.Compare(new Field(WellKnownField.Partition), Comparison.Equal, new QueryValue("1", 1)),
        Number(WellKnownField.Offset, _random.Next(60)) with { Comparison = Comparison.GreaterOrEqual },
        .. _random.Next(4) == 0
            ? Array.Empty<Condition>()
            : [Number(WellKnownField.Offset, _random.Next(2) == 0 ? _random.Next(70) : 30_000) with { Comparison = Comparison.Less }],
    ]);

    private Condition.Compare Compare() => _random.Next(14) switch
    {
        0 => Text(WellKnownField.Service, Services[_random.Next(3)]),
        1 => Text(WellKnownField.Topic, Topics[_random.Next(2)]),
        2 => Text(WellKnownField.Kind, "consumer"),
        3 => Text(WellKnownField.Status, "error"),
        4 => Number(WellKnownField.Duration, 1L << _random.Next(0, 40)),
        5 => Number(WellKnownField.Partition, _random.Next(4)),
        6 => Number(WellKnownField.Offset, _random.Next(60)),
        7 => Text(WellKnownField.TraceId, _random.Next(1, 45).ToString("x") is var low ? $"7{low.PadLeft(16, '0')}" : ""),
        8 => Attribute("order.id", new QueryValue("o-" + _random.Next(70))),
        9 => Attribute("attempt", new QueryValue(_random.Next(5).ToString(), null)),
        10 => Attribute("weight", new QueryValue("1.5", 1.5)),
        11 => Attribute("express", new QueryValue("true")),
        12 => Attribute("tags", new QueryValue("t" + _random.Next(5))),
        _ => Attribute(_random.Next(2) == 0 ? "rare" : "host.name", new QueryValue(_random.Next(2) == 0 ? "yes" : "h1")),
    };

    private Comparison AnyComparison() => (Comparison)_random.Next((int)Comparison.Exists + 1);

    private Condition.Compare Text(WellKnownField field, string text) =>
        new(new Field(field), _random.Next(2) == 0 ? Comparison.Equal : AnyComparison(), new QueryValue(text));

    private Condition.Compare Number(WellKnownField field, long number) =>
        new(new Field(field), AnyComparison(), new QueryValue(number.ToString(), number));

    private Condition.Compare Attribute(string name, QueryValue value) => new(
        new Field(WellKnownField.Attribute, name, (AttributeScope)_random.Next(3)),
        _random.Next(2) == 0 ? Comparison.Equal : AnyComparison(),
        value);
}
