using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Throughline.Kafka.Internal.Metrics;

/// <summary>
/// Reads statistics as librdkafka writes them, forward only. What it reads into it keeps for the next time, and so are
/// the names of topics: a reading makes the snapshot, its two lists, and nothing per field. One reader has one user.
/// </summary>
internal sealed class StatisticsReader
{
    private readonly List<BrokerStatistics> _brokers = [];
    private readonly PartitionsReader _partitions = new();
    private readonly NameTable _names = new();

    /// <returns><see langword="false"/> for what is not statistics; then nothing of it counts.</returns>
    internal bool TryRead(string json, [NotNullWhen(true)] out ClientStatistics? statistics)
    {
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetByteCount(json));
        try
        {
            var reader = new Utf8JsonReader(utf8.AsSpan(0, Encoding.UTF8.GetBytes(json, utf8)));
            statistics = Read(ref reader);
            return true;
        }
        catch (JsonException)
        {
            statistics = null;
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
        }
    }

    private ClientStatistics Read(ref Utf8JsonReader json)
    {
        _brokers.Clear();
        _partitions.Clear();
        var totals = new StatisticsTotals();
        var group = (Rebalances: (long?)null, Since: (TimeSpan?)null);
        json.ReadObjectStart();
        while (json.ReadField())
        {
            if (json.ValueTextEquals("brokers"u8))
            {
                ReadBrokers(ref json);
            }
            else if (!totals.IsProducer && json.ValueTextEquals("topics"u8))
            {
                _partitions.ReadTopics(ref json, _names);
            }
            else if (json.ValueTextEquals("cgrp"u8))
            {
                group = ReadGroup(ref json);
            }
            else if (!totals.TryRead(ref json))
            {
                json.Skip();
            }
        }

        json.ReadEnd();
        var (retries, timeouts) = (_brokers.Sum(static broker => broker.Retries), _brokers.Sum(static broker => broker.Timeouts));
        _brokers.RemoveAll(static broker => broker.Id is null);
        return totals.ToStatistics() with
        {
            Rebalances = group.Rebalances,
            SinceRebalance = group.Rebalances > 0 ? group.Since : null,
            RequestRetries = retries,
            RequestTimeouts = timeouts,
            Brokers = _brokers.ToArray(),
            Partitions = _partitions.ToArray(),
        };
    }

    private void ReadBrokers(ref Utf8JsonReader json)
    {
        json.ReadObjectStart();
        while (json.ReadField())
        {
            _brokers.Add(BrokerReader.Read(ref json, _names));
        }
    }

    private static (long? Rebalances, TimeSpan? Since) ReadGroup(ref Utf8JsonReader json)
    {
        (long? Rebalances, TimeSpan? Since) group = default;
        json.ReadObjectStart();
        while (json.ReadField())
        {
            if (json.ValueTextEquals("rebalance_cnt"u8))
            {
                group.Rebalances = json.ReadNumber();
            }
            else if (json.ValueTextEquals("rebalance_age"u8))
            {
                group.Since = TimeSpan.FromMilliseconds(json.ReadNumber());
            }
            else
            {
                json.Skip();
            }
        }

        return group;
    }
}
