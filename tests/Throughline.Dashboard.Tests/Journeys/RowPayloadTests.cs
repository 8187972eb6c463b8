using System.Buffers.Binary;
using System.Text.Json;
using Throughline.Dashboard.Internal.Journeys.Payload;
using Throughline.Server.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Journeys;

public sealed class RowPayloadTests
{
    private const int BytesPerRowMax = 31;

    [Fact]
    public async Task Columns_say_of_every_row_what_the_layout_says()
    {
        var rig = new JourneyRig();
        var request = rig.Clients.Span("gateway", name: "POST /orders", durationNs: 40 * Clients.Ms);
        var send = rig.Clients.ThroughlineSend("gateway", new("orders", 3, 4711), request.Key, rig.Now + Clients.Ms);
        rig.Store(request, send, rig.Clients.ThroughlineProcess("billing", "g", new("orders", 3, 4711), send, rig.Now + (20 * Clients.Ms)));
        var journey = await rig.OfTraceAsync(request);

        var (head, columns) = Read(RowPayload.Of(journey));
        Assert.Equal(4, head.GetProperty("rows").GetInt32());
        var names = head.GetProperty("names").EnumerateArray().Select(name => name.GetString()).ToList();
        Assert.Equal(["POST /orders", "send orders", "orders", "process orders"], columns("name").Select(name => names[(int)name]));
        Assert.Equal([-1, 0, 1, 2], columns("parent").Select(parent => (int)parent));
        Assert.Equal([0u, 0u, 1u, 0u], columns("flags").Select(flags => flags & 3));
        var unit = head.GetProperty("unitNano").GetInt64();
        Assert.Equal(
            journey.Rows.Select(row => (row.StartUnixNs - journey.StartUnixNs) / unit),
            columns("start").Select(start => (long)start));
        Assert.Equal(2u, Assert.Single(columns("topic.row")));
        Assert.Equal(3, (int)Assert.Single(columns("topic.partition")));
    }

    [Fact]
    public async Task A_row_takes_thirty_bytes()
    {
        var rig = new JourneyRig();
        var root = rig.Clients.Span("gateway");
        rig.Store(root);
        for (var i = 0; i < 2_000; i++)
        {
            rig.Store(rig.Clients.Span("gateway", root.Key, "row"));
        }

        Assert.InRange(RowPayload.Of(await rig.OfTraceAsync(root)).Length, 1, (2_001 * BytesPerRowMax) + 2_000);
    }

    private static (JsonElement Head, Func<string, uint[]> Column) Read(byte[] payload)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(payload);
        var head = JsonDocument.Parse(payload.AsMemory(sizeof(int), length)).RootElement;
        var begin = (sizeof(int) + length + 7) / 8 * 8;
        return (head, Column);

        uint[] Column(string name)
        {
            var column = head.GetProperty("columns").GetProperty(name);
            var size = column[0].GetString() is "u16" ? 2 : 4;
            var values = new uint[column[2].GetInt32()];
            for (var i = 0; i < values.Length; i++)
            {
                var at = payload.AsSpan(begin + column[1].GetInt32() + (i * size));
                values[i] = size == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
            }

            return values;
        }
    }
}
