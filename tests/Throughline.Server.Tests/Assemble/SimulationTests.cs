using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Tests.Fixtures;
using Throughline.Server.Tests.Store;

namespace Throughline.Server.Tests.Assemble;

/// <summary>Whatever the order of arrival, the delays, the duplicates and the crashes: hops and orphans are the truth's.</summary>
public sealed class SimulationTests
{
    public static TheoryData<int, bool> Seeds
    {
        get
        {
            var seeds = new TheoryData<int, bool>();
            for (var seed = 1; seed <= 6; seed++)
            {
                seeds.Add(seed, seed % 2 == 0);
            }

            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Hops_and_orphans_equal_the_truth(int seed, bool smallMemory)
    {
        var disk = new List<StoredSpan>();
        return RunAsync(seed, smallMemory, 100, _ => new MemoryStore(disk));
    }

    [Theory]
    [InlineData(101, false)]
    [InlineData(102, true)]
    public async Task And_so_they_do_on_the_real_store(int seed, bool smallMemory)
    {
        using var folder = new TemporaryFolder();
        await RunAsync(seed, smallMemory, 25, time => new SegmentStore(
            SegmentStoreTests.Options(folder.Path), new OtlpDecoder(), DiskFiles.Instance, time, NullLogger<SegmentStore>.Instance));
    }

    private static async Task RunAsync(int seed, bool smallMemory, int journeys, Func<SteppedTime, ISpanStore> openStore)
    {
        // With little memory nearly everything has to be found in the store.
        var options = smallMemory
            ? new AssemblyOptions { SendsMax = 20, MissingKeysMax = 40, DeliveriesMax = 40 }
            : new AssemblyOptions();
        await using var crashing = new CrashingAssembly(options, seed, openStore);
        var world = new SimulatedWorld(seed, crashing.Time, journeys);
        foreach (var (at, span) in world.Arrivals)
        {
            await crashing.GoToAsync(at);
            crashing.Arrive(span);
        }

        crashing.Finish();
        Assert.True(crashing.Crashes > 1, $"{crashing.Crashes} crashes");
        AssertSpans(world, crashing);
        AssertHops(world, crashing);
        AssertOrphans(world, crashing);
    }

    private static void AssertSpans(SimulatedWorld world, CrashingAssembly told)
    {
        var arrived = world.Arrivals.Select(arrival => arrival.Span.Key).Distinct().Order(ByKey).ToList();
        Assert.Equal(arrived, told.Settled.Select(span => span.Key).Order(ByKey));
        var stored = arrived.Select(key => key.TraceId).Distinct().SelectMany(trace => told.Store.Trace(trace, 10_000, default));
        Assert.Equal(arrived, stored.Select(span => span.Facts.Key).Order(ByKey));
    }

    private static void AssertHops(SimulatedWorld world, CrashingAssembly told)
    {
        var certain = world.Hops.Where(hop => !hop.MayLackSend).ToList();
        var stamped = world.Hops.Where(hop => hop.MayLackSend).ToDictionary(hop => hop.Process);
        var hops = told.Hops.Where(hop => !stamped.ContainsKey(hop.Process.Key)).ToList();
        AssertSame(
            certain.Select(hop => $"{hop.Process} {hop.Send} {hop.Record.Topic}/{hop.Record.Partition}/{hop.Record.Offset} {hop.Group}"),
            hops.Select(hop => $"{hop.Process.Key} {hop.Send?.Key} {hop.Topic}/{hop.Partition}/{hop.Offset} {hop.Group}"));

        var ofStamped = told.Hops.Where(hop => stamped.ContainsKey(hop.Process.Key)).ToList();
        Assert.Equal(stamped.Keys.Order(ByKey), ofStamped.Select(hop => hop.Process.Key).Order(ByKey));
        Assert.All(ofStamped, hop => Assert.True(hop.Send is null || hop.Send.Key == stamped[hop.Process.Key].Send));

        foreach (var record in hops.GroupBy(hop => (hop.Send!.Key, hop.Group)))
        {
            var deliveries = record.Select(hop => hop.Delivery).Order();
            Assert.True(Enumerable.Range(1, record.Count()).SequenceEqual(deliveries), $"{record.Key}: {string.Join(' ', record.Select(hop => $"{hop.Process.Name} {hop.Delivery}"))}");
        }
    }

    private static void AssertOrphans(SimulatedWorld world, CrashingAssembly told)
    {
        var lost = told.Orphans.Where(orphan => orphan.Missing is not null).Select(orphan => (orphan.Span.Key, orphan.Missing!.Value)).ToList();
        var late = told.CameLate.Select(orphan => (orphan.Span.Key, orphan.Missing!.Value)).ToList();
        Assert.Equal(lost.Count, lost.Distinct().Count());
        Assert.Equal(late.Count, late.Distinct().Count());
        Assert.Subset(lost.ToHashSet(), late.ToHashSet());
        AssertSame(
            world.Lost.Select(one => $"{one.Span} {one.Missing}"), lost.Except(late).Select(one => $"{one.Item1} {one.Item2}"));
        Assert.Equal(
            world.WithoutContext.Order(ByKey),
            told.Orphans.Where(orphan => orphan.Missing is null).Select(orphan => orphan.Span.Key).Order(ByKey));
        Assert.All(
            told.Orphans.Where(orphan => orphan.Missing is null),
            orphan => Assert.Contains(
                orphan.Cause, new[] { OrphanCause.ConsumerNotExtracting, OrphanCause.HeaderMissing, OrphanCause.ProducerNotInstrumented }));
    }

    private static void AssertSame(IEnumerable<string> truth, IEnumerable<string> told)
    {
        var (expected, actual) = (truth.Order(StringComparer.Ordinal).ToList(), told.Order(StringComparer.Ordinal).ToList());
        var twice = actual.GroupBy(one => one, StringComparer.Ordinal).Where(one => one.Count() > 1).Select(one => $"twice {one.Key}");
        Assert.Empty(expected.Except(actual).Select(one => $"missing {one}")
            .Concat(actual.Except(expected).Select(one => $"wrong {one}"))
            .Concat(twice));
        Assert.Equal(expected, actual);
    }

    private static Comparer<SpanKey> ByKey { get; } =
        Comparer<SpanKey>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));
}
