using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Throughline.Kafka.Tests.Metrics;

/// <summary>Listens to the library's meter for the whole process, so its tests run when no other test does.</summary>
public sealed class MetricRecorder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly MeterListener _listener = new();
    private readonly List<Measured> _measured = [];
    private readonly HashSet<string> _observable = new(StringComparer.Ordinal);

    /// <param name="instruments">Which to listen to; none for all.</param>
    public MetricRecorder(params string[] instruments)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == KafkaInstrumentation.MeterName
                && (instruments.Length == 0 || instruments.Contains(instrument.Name)))
            {
                listener.EnableMeasurementEvents(instrument);
                if (instrument.IsObservable)
                {
                    _observable.Add(instrument.Name);
                }
            }
        };
        _listener.SetMeasurementEventCallback<double>(Note);
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, state) => Note(instrument, value, tags, state));
        _listener.Start();
    }

    /// <summary>All measurements of an instrument so far.</summary>
    public IReadOnlyList<Measured> Of(string name)
    {
        lock (_lock)
        {
            return [.. _measured.Where(measured => measured.Name == name)];
        }
    }

    /// <summary>What the observable instruments say now, those of one name.</summary>
    public IReadOnlyList<Measured> Observe(string name)
    {
        lock (_lock)
        {
            _measured.RemoveAll(measured => _observable.Contains(measured.Name));
        }

        _listener.RecordObservableInstruments();
        return Of(name);
    }

    /// <summary>Observes until it says what is wanted; each time something is done in between, such as a poll.</summary>
    public IReadOnlyList<Measured> ObserveUntil(string name, Func<IReadOnlyList<Measured>, bool> isWanted, Action? between = null)
    {
        IReadOnlyList<Measured> observed = [];
        var isSeen = SpinWait.SpinUntil(
            () =>
            {
                between?.Invoke();
                observed = Observe(name);
                return isWanted(observed);
            },
            Patience);
        Assert.True(isSeen, $"{name} says {string.Join("; ", observed)}");
        return observed;
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var measured = new Measured(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value), Activity.Current);
        lock (_lock)
        {
            _measured.Add(measured);
        }
    }
}
