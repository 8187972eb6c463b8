using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Tests.Fixtures;

namespace Throughline.Server.Tests.Assemble;

/// <summary>
/// An assembler in a process that checkpoints now and then, and dies now and then: what came after the checkpoint, told or
/// stored, is forgotten, and read again from the log.
/// </summary>
internal sealed class CrashingAssembly : IAssembled, IAsyncDisposable
{
    private readonly AssemblyOptions _options;
    private readonly Func<SteppedTime, ISpanStore> _openStore;
    private readonly Random _random;
    private readonly List<StoredSpan> _log = [];
    private Assembler _assembler;
    private Checkpoint _checkpoint = new([], 0, null, 0, 0, 0, 0);

    public CrashingAssembly(AssemblyOptions options, int seed, Func<SteppedTime, ISpanStore> openStore)
    {
        (_options, _random, _openStore) = (options, new Random(seed), openStore);
        Store = openStore(Time);
        Store.Recover(null);
        _assembler = new(Store, this, Time, options);
    }

    public SteppedTime Time { get; } = new();

    public ISpanStore Store { get; private set; }

    public int Crashes { get; private set; }

    public List<SpanFacts> Settled { get; } = [];

    public List<Hop> Hops { get; } = [];

    public List<Orphan> Orphans { get; } = [];

    public List<Orphan> CameLate { get; } = [];

    /// <summary>A span as its client sends it. One that is sent twice is two to the log.</summary>
    public void Arrive(SpanFacts sent)
    {
        var received = Wire.Receive(sent);
        received.Facts.Position = new(_log.Count, 0, received.Body.Length);
        _log.Add(received);
        _assembler.Add(received.Facts);
    }

    public async Task GoToAsync(long unixNs)
    {
        while (Time.UnixNs < unixNs)
        {
            var left = TimeSpan.FromTicks(((unixNs - Time.UnixNs) / TimeSpan.NanosecondsPerTick) + 1);
            Time.Go(left < TimeSpan.FromSeconds(20) ? left : TimeSpan.FromSeconds(20));
            Tick();
            switch (_random.Next(100))
            {
                case 0:
                    await CrashAsync();
                    break;
                case < 10:
                    TakeCheckpoint();
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

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private void Tick()
    {
        foreach (var span in _assembler.Tick())
        {
            Append(span.Position);
        }
    }

    private void Append(SpanPosition position)
    {
        var span = _log[(int)position.Entry];
        Store.Append(span.Facts, span.Body.Span);
    }

    private void TakeCheckpoint() => _checkpoint = new(
        [.. _assembler.Unsettled], _log.Count, Store.Flush(false), Settled.Count, Hops.Count, Orphans.Count, CameLate.Count);

    private async Task CrashAsync()
    {
        Crashes++;
        Back(Settled, _checkpoint.Settled);
        Back(Hops, _checkpoint.Hops);
        Back(Orphans, _checkpoint.Orphans);
        Back(CameLate, _checkpoint.CameLate);
        await Store.DisposeAsync();
        Store = _openStore(Time);
        Store.Recover(_checkpoint.Mark?.Mark);
        _assembler = new(Store, this, Time, _options);
        foreach (var position in _checkpoint.Mark?.Pending ?? [])
        {
            Append(position);
        }

        foreach (var span in _checkpoint.Unsettled)
        {
            _assembler.Restore(_log[(int)span.Position.Entry].Facts, span.As);
        }

        foreach (var span in _log.Skip(_checkpoint.Log))
        {
            _assembler.Add(span.Facts);
        }
    }

    private static void Back<T>(List<T> list, int count) => list.RemoveRange(count, list.Count - count);

    private sealed record Checkpoint(
        List<UnsettledSpan> Unsettled, int Log, StoreMark? Mark, int Settled, int Hops, int Orphans, int CameLate);
}
