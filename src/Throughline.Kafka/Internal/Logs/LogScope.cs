using System.Collections;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Logs;

/// <summary>
/// A record's logging scope, and its state: what log providers read. In the flow that logs, only the innermost scope
/// speaks, and says everything: so scopes that nest (a batch's, a record's) tell nothing twice. Read elsewhere (an exporter
/// that keeps states for later), each says what those around it do not.
/// </summary>
internal sealed class LogScope : IReadOnlyList<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ILoggerFactory _factory;
    private readonly LogFields _fields;
    private readonly Activity? _activity;
    private readonly LogTold _around;
    private IDisposable? _opened;

    // Made when the first log is written: most handlers of most records write none.
    private LogView? _last;

    internal LogScope(ILoggerFactory factory, in LogFields fields, Activity? activity, LogScope? around)
    {
        _factory = factory;
        _fields = fields;
        _activity = activity;
        _around = around?._fields.InCommonWith(fields) ?? LogTold.Nothing;
    }

    public int Count => Visible.Length;

    private KeyValuePair<string, object?>[] Visible
    {
        get
        {
            var ambient = AmbientScope.Current;
            if (ambient is null)
            {
                return View(_activity, _around);
            }

            // Where the handler has a span of its own, the log belongs to that.
            return Innermost(ambient, _factory) == this ? View(Activity.Current ?? _activity, LogTold.Nothing) : [];
        }
    }

    public KeyValuePair<string, object?> this[int index] => Visible[index];

    /// <summary>The nearest scope of the same factory, from <paramref name="ambient"/> outwards.</summary>
    internal static LogScope? Innermost(AmbientScope? ambient, ILoggerFactory factory)
    {
        for (; ambient is not null; ambient = ambient.Enclosing)
        {
            if (ambient.Companion is LogScope scope && scope._factory == factory)
            {
                return scope;
            }
        }

        return null;
    }

    internal void OpenOn(ILogger logger) => _opened = logger.BeginScope(this);

    public void Dispose()
    {
        try
        {
            _opened?.Dispose();
        }
        catch (Exception exception)
        {
            Faults.Contain("log.scope", exception);
        }
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, object?>>)Visible).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For people, as consoles print it: <c>topic:orders, partition:3, offset:42, group:billing</c> and the trace.</summary>
    public override string ToString() => LogFields.Text(Visible);

    private KeyValuePair<string, object?>[] View(Activity? activity, LogTold without)
    {
        var view = _last;
        if (view is null || view.Activity != activity || view.Without != without)
        {
            _last = view = new(activity, without, _fields.List(activity, without));
        }

        return view.Pairs;
    }
}
