using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Fixtures;

/// <summary>An assembler with its pipeline's duties done: what it hands out is in the store before the next tick.</summary>
internal sealed class Assembly : IAssembled
{
    private readonly AssemblyOptions _options;
    private readonly Dictionary<SpanPosition, SpanFacts> _log = [];

    public Assembly(AssemblyOptions? options = null)
    {
        _options = options ?? new();
        Assembler = new(Store, this, Time, _options);
    }

    public SteppedTime Time { get; } = new();

    public MemoryStore Store { get; } = new();

    public Assembler Assembler { get; private set; }

    public List<SettledTrace> Traces { get; } = [];

    public List<Hop> Hops { get; } = [];

    public List<SpanFacts> Ambiguous { get; } = [];

    public List<Orphan> Orphans { get; } = [];

    public List<Orphan> CameLate { get; } = [];

    public Assembly Add(params SpanFacts[] spans)
    {
        foreach (var span in spans)
        {
            span.Position = new(_log.Count, 0, 1);
            _log.Add(span.Position, span);
            Assembler.Add(span);
        }

        return this;
    }

    /// <summary>Time goes on by seconds, with a tick each.</summary>
    public Assembly Wait(double seconds)
    {
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            Time.Go(left < TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1));
            Tick();
        }

        return this;
    }

    public Assembly Settle() => Wait(_options.SettleAfter.TotalSeconds);

    /// <summary>So long that everything undecided gets decided.</summary>
    public Assembly WaitLong() => Wait(150);

    /// <summary>Much time goes by, in which nothing comes.</summary>
    public Assembly Sleep(TimeSpan time)
    {
        Time.Go(time);
        Tick();
        return this;
    }

    public void Tick()
    {
        foreach (var span in Assembler.Tick())
        {
            Store.Append(span, default);
        }
    }

    /// <summary>The process dies after a checkpoint, and another one takes over.</summary>
    public Assembly Restart()
    {
        var unsettled = Assembler.Unsettled.ToList();
        Assembler = new(Store, this, Time, _options);
        foreach (var span in unsettled)
        {
            Assembler.Restore(_log[span.Position], span.As);
        }

        return this;
    }

    public void Settled(SettledTrace trace)
    {
        Traces.Add(trace);
        Hops.AddRange(trace.Hops);
        Ambiguous.AddRange(trace.Ambiguous);
    }

    public void Orphaned(Orphan orphan) => Orphans.Add(orphan);

    public void ParentCameLate(Orphan orphan) => CameLate.Add(orphan);
}
