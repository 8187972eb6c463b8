using System.Diagnostics.Metrics;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation.Tests;

/// <summary>The causes that were counted while it lived, in order.</summary>
internal sealed class RefusalLog : IDisposable
{
    private readonly MeterListener _listener = new();

    public RefusalLog()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Refusals.MeterName && instrument.Name == Refusals.CounterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            Assert.Equal(1, count);
            Assert.Equal(Refusals.CauseAttribute, Assert.Single(tags.ToArray()).Key);
            Causes.Add((string)tags[0].Value!);
        });
        _listener.Start();
    }

    public List<string> Causes { get; } = [];

    public void Dispose() => _listener.Dispose();
}
