using System.Text.Json;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>Reads one broker's part of the statistics.</summary>
internal static class BrokerReader
{
    internal static BrokerStatistics Read(ref Utf8JsonReader json, NameTable names)
    {
        var broker = default(BrokerStatistics);
        var (id, name, isLogical) = (-1L, (string?)null, false);
        json.ReadObjectStart();
        while (json.ReadField())
        {
            if (json.ValueTextEquals("name"u8))
            {
                name = names.Read(ref json);
            }
            else if (json.ValueTextEquals("nodeid"u8))
            {
                id = json.ReadNumber();
            }
            else if (json.ValueTextEquals("source"u8))
            {
                json.Read();
                isLogical = json.TokenType == JsonTokenType.String && json.ValueTextEquals("logical"u8);
            }
            else
            {
                ReadFigure(ref json, ref broker);
            }
        }

        // A coordinator's connection is one of its own, to a broker that has another one too. A bootstrap address is
        // whatever broker answers there.
        return broker with { Id = isLogical ? name : id >= 0 ? PartitionText.Of((int)id) : null };
    }

    private static void ReadFigure(ref Utf8JsonReader json, ref BrokerStatistics broker)
    {
        if (json.ValueTextEquals("rtt"u8))
        {
            var window = ReadWindow(ref json);
            broker = broker with
            {
                RoundTripMean = window.Count > 0 ? TimeSpan.FromMicroseconds(window.Mean) : null,
                RoundTripP99 = window.Count > 0 ? TimeSpan.FromMicroseconds(window.P99) : null,
            };
        }
        else if (json.ValueTextEquals("throttle"u8))
        {
            broker = broker with { ThrottleMax = TimeSpan.FromMilliseconds(ReadWindow(ref json).Max) };
        }
        else if (json.ValueTextEquals("txretries"u8))
        {
            broker = broker with { Retries = json.ReadNumber() };
        }
        else if (json.ValueTextEquals("req_timeouts"u8))
        {
            broker = broker with { Timeouts = json.ReadNumber() };
        }
        else
        {
            json.Skip();
        }
    }

    private static (long Count, long Mean, long P99, long Max) ReadWindow(ref Utf8JsonReader json)
    {
        (long Count, long Mean, long P99, long Max) window = default;
        json.ReadObjectStart();
        while (json.ReadField())
        {
            if (json.ValueTextEquals("cnt"u8))
            {
                window.Count = json.ReadNumber();
            }
            else if (json.ValueTextEquals("avg"u8))
            {
                window.Mean = json.ReadNumber();
            }
            else if (json.ValueTextEquals("p99"u8))
            {
                window.P99 = json.ReadNumber();
            }
            else if (json.ValueTextEquals("max"u8))
            {
                window.Max = json.ReadNumber();
            }
            else
            {
                json.Skip();
            }
        }

        return window;
    }
}
