using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Tests.Fixtures;

namespace Throughline.Server.Tests.Assemble;

/// <summary>
/// An assembler in a process that checkpoints now and then, and dies now and then: what came after the checkpoint, told or
/// stored, is forgotten, and read again from the log.
/// </summary>
internal sealed class CrashingAssembly : IAssembled
{
    private readonly AssemblyOptions _options;
    private readonly Random _random;
    private readonly List<SpanFacts> _log = [];
    private Assembler _assembler;
    private (List<UnsettledSpan> Unsettled, int Log, int Stored, int Settled, int Hops, int Orphans, int Late) _checkpoint = ([], 0, 0, 0, 0, 0, 0);

    public CrashingAssembly(AssemblyOptions options, int seed)
    {
        (_options, _random) = (options, new Random(seed));
        _assembler = new(Store, this, Time, options);
    }

    public SteppedTime Time { get; } = new();

    public MemoryStore Store { get; private set; } = new();

    public int Crashes { get; private set; }

    public List<SpanFacts> Settled { get; } = [];

    public List<Hop> Hops { get; } = [];

    public List<Orphan> Orphans { get; } = [];

    public List<Orphan> CameLate { get; } = [];

    public void Arrive(SpanFacts span)
    {
        // Two that are sent are two objects, each with its place in the log.
        var received = Fixtures.Copies.Of(span);
        received.Position = new(_log.Count, 0, 1);
        _log.Add(received);
        _assembler.Add(received);
    }

    public void GoTo(long unixNs)
    {
        while (Time.UnixNs < unixNs)
        {
            var left = TimeSpan.FromTicks(((unixNs - Time.UnixNs) / TimeSpan.NanosecondsPerTick) + 1);
            Time.Go(left < TimeSpan.FromSeconds(20) ? left : TimeSpan.FromSeconds(20));
            Tick();
            switch (_random.Next(100))
            {
                case 0:
                    Crash();
                    break;
                case < 10:
                    Checkpoint();
                    break;
            }
        }
    }

    /// <summary>Time goes on without crashes until everything is decided.</summary>
    public void Finish()
    {
        for (var i = 0; i < 40; i++)
        {
            Time.Go(TimeSpan.FromSeconds(10));
            Tick();
        }
    }

    void IAssembled.Settled(SettledTrace trace)
    {
        Settled.AddRange(trace.Spans);
        Hops.AddRange(trace.Hops);
    }

    public void Orphaned(Orphan orphan) => Orphans.Add(orphan);

    public void ParentCameLate(Orphan orphan) => CameLate.Add(orphan);

    private void Tick()
    {
        foreach (var span in _assembler.Tick())
        {
            Store.Append(span, default);
        }
    }

    private void Checkpoint() => _checkpoint = (
        [.. _assembler.Unsettled], _log.Count, Store.Spans.Count, Settled.Count, Hops.Count, Orphans.Count, CameLate.Count);

    private void Crash()
    {
        Crashes++;
        Back(Settled, _checkpoint.Settled);
        Back(Hops, _checkpoint.Hops);
        Back(Orphans, _checkpoint.Orphans);
        Back(CameLate, _checkpoint.Late);
        var stored = Store.Spans.Take(_checkpoint.Stored).ToList();
        Store = new();
        foreach (var span in stored)
        {
            Store.Append(span, default);
        }

        _assembler = new(Store, this, Time, _options);
        foreach (var span in _checkpoint.Unsettled)
        {
            _assembler.Restore(_log[(int)span.Position.Entry], span.As);
        }

        foreach (var span in _log.Skip(_checkpoint.Log))
        {
            _assembler.Add(span);
        }
    }

    private static void Back<T>(List<T> list, int count) => list.RemoveRange(count, list.Count - count);
}
