using System.Diagnostics;
using Throughline.Kafka.Internal;
using Throughline.Propagation;

namespace Throughline.Kafka;

/// <summary>
/// A record (or a batch of them) being processed: its span is current, and its baggage restored, until this is disposed.
/// </summary>
/// <remarks>
/// Open it in the flow that handles the record, and dispose it there. Disposed in another flow it ends the span and
/// leaves that flow as it was. Disposing twice does nothing.
/// </remarks>
public sealed class ProcessScope : IDisposable
{
    /// <summary>There is no record, or its scope could not be opened: nothing to do, and nothing to dispose.</summary>
    internal static readonly ProcessScope Inert = new();

    private readonly AmbientScope? _ambient;
    private readonly ProcessMeasurement? _measurement;
    private string? _errorType;
    private int _disposed;

    internal ProcessScope(Activity? activity, AmbientScope ambient, ProcessMeasurement? measurement)
    {
        Activity = activity;
        _ambient = ambient;
        _measurement = measurement;
    }

    private ProcessScope()
    {
        _disposed = 1;
    }

    /// <summary>
    /// The process span, to add attributes or events to. Where nobody records one it is <see langword="null"/>, or a
    /// <see cref="ForwardedActivity"/> that only passes the received context on.
    /// </summary>
    public Activity? Activity { get; }

    /// <summary>
    /// Says that processing failed: the span's status is Error with <paramref name="error"/>'s message, its
    /// <c>error.type</c> the Kafka error's protocol name, else the exception's type.
    /// </summary>
    public void Fail(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Fail(error, error.Message);
    }

    internal void Fail(Exception error, string description)
    {
        if (Volatile.Read(ref _disposed) != 0)
        {
            return;
        }

        _errorType = KafkaErrorNames.Of(error);
        Activity?.SetTag(AttributeNames.ErrorType, _errorType);
        Activity?.SetStatus(ActivityStatusCode.Error, description);
    }

    /// <summary>Ends the span and puts back the ambient activity and baggage that were there before.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            if (_measurement is not null)
            {
                Activity?.SetEndTime(DateTime.UtcNow);
                _measurement.End(_errorType, Activity?.Duration);
            }
        }
        catch (Exception exception)
        {
            Faults.Contain("process.measure", exception);
        }

        try
        {
            _ambient?.Close(Activity);
        }
        catch (Exception exception)
        {
            Faults.Contain("process.end", exception);
        }
    }
}
