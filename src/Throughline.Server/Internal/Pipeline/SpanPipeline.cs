using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Throughline.Server.Internal.Assemble;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>
/// The way of a span once it is on disk. One thread owns all of it: traces that are not settled, what is analysed, the
/// store's open segment; so there are no locks, and a checkpoint is a moment between two steps.
/// </summary>
/// <remarks>
/// A store that is full stops the steps: the backlog grows to its bound, and receivers answer "later".
/// </remarks>
internal sealed partial class SpanPipeline : IAsyncDisposable
{
    // Between two looks at the clock: a burst must not keep traces from settling.
    private const int RequestsAtOnce = 64;

    private readonly PipelineParts _parts;
    private readonly Periodic _settling;
    private readonly Periodic _checkpointing;
    private readonly Periodic _closingBlocks;
    private readonly Periodic _retaining;
    private readonly Task _running;
    private long _taken;

    private SpanPipeline(PipelineParts parts)
    {
        _parts = parts;
        _settling = new Periodic(parts.Time, parts.Options.SettleEvery);
        _checkpointing = new Periodic(parts.Time, parts.Options.CheckpointEvery);
        _closingBlocks = new Periodic(parts.Time, parts.Options.BlockAgeMax);
        _retaining = new Periodic(parts.Time, parts.Options.RetainEvery);
        _taken = parts.LoadedCheckpoint.Position;
        _running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public static SpanPipeline Start(PipelineParts parts) => new(parts);

    /// <summary>Asks something of what the pipeline's thread owns; answered between two steps.</summary>
    /// <exception cref="InvalidOperationException">The pipeline has ended.</exception>
    public async Task<T> AskAsync<T>(Func<PipelineParts, T> question, CancellationToken cancellationToken)
    {
        if (_running.IsCompleted)
        {
            throw new InvalidOperationException(_parts.Health.Problem ?? "The server is stopping.");
        }

        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _parts.Queue.Ask(() =>
        {
            try
            {
                answer.TrySetResult(question(_parts));
            }
            catch (Exception exception)
            {
                answer.TrySetException(exception);
            }
        });

        // A thread that has ended answers nobody.
        await Task.WhenAny(answer.Task, _running).WaitAsync(cancellationToken).ConfigureAwait(false);
        return answer.Task.IsCompleted
            ? await answer.Task.ConfigureAwait(false)
            : throw new InvalidOperationException(_parts.Health.Problem ?? "The server is stopping.");
    }

    /// <summary>Takes what is on disk, makes a last checkpoint and ends. The log must take nothing more by then.</summary>
    public async ValueTask DisposeAsync()
    {
        _parts.Queue.Close();
        await _running.ConfigureAwait(false);
        _parts.Queue.Dispose();
    }

    private void Run()
    {
        try
        {
            Recovery.Run(_parts, TakeAgain);

            // The store wants a mark before it seals its first segment.
            SaveCheckpoint(everything: false);
            _parts.Health.IsRecovering = false;
            while (Step())
            {
            }

            SaveCheckpoint(everything: true);
        }
        catch (OperationCanceledException)
        {
            // Stopped in the middle of a recovery: the last checkpoint stands.
        }
        catch (Exception exception)
        {
            // Nothing after this can be relied on. The log keeps what was acknowledged, and a restart reads it again.
            _parts.Health.Fault = $"The pipeline has failed: {exception.Message}";
            LogFault(_parts.Logger, exception);
        }
    }

    private bool Step()
    {
        var queue = _parts.Queue;
        while (queue.TakeQuestion() is { } question)
        {
            question();
        }

        // While the store is full nothing is taken or settled: what is settled waits, the log keeps the rest. Checkpoints
        // and retention go on: they are what makes space.
        var isFull = !_parts.Keeper.Keep();

        // 1. Take, 2. assemble.
        var taken = isFull ? 0 : TakeSome();

        // 3. Settle: assembly tells analysis. 4. Keep.
        if (!isFull && (_settling.IsDue() || _parts.Assembler.IsCrowded))
        {
            Settle();
            isFull = !_parts.Keeper.Keep();
        }

        // 5. Checkpoint, 6. retain.
        if (_checkpointing.IsDue())
        {
            SaveCheckpoint(_closingBlocks.IsDue());
        }

        if (_retaining.IsDue())
        {
            _parts.Store.Retain(_parts.Time.GetUtcNow());
        }

        if (queue.IsClosed && (isFull || queue.IsEmpty))
        {
            return false;
        }

        if (taken == 0 && (isFull || !_parts.Assembler.IsCrowded))
        {
            queue.Wait(isFull ? _parts.Options.RetryEvery : _parts.Options.SettleEvery);
        }

        return true;
    }

    private int TakeSome()
    {
        var taken = 0;
        while (taken < RequestsAtOnce && !_parts.Assembler.IsCrowded && _parts.Queue.TakeRequest() is { } request)
        {
            Take(request);
            _parts.Backlog.Leave(request.Backlog);
            taken++;
        }

        return taken;
    }

    /// <summary>Takes what a restart reads from the log; no more of it is held in memory than at any other time.</summary>
    private void TakeAgain(DurableRequest durable)
    {
        Take(durable);

        // Also by time: a checkpoint names what is not settled, and if that only grew, each would take longer than the one
        // before, and a server that dies early would never get past what it reads.
        for (var isDue = _settling.IsDue(); isDue || _parts.Assembler.IsCrowded; isDue = false)
        {
            Settle();
            Recovery.Keep(_parts);
        }

        if (_checkpointing.IsDue())
        {
            Recovery.Keep(_parts);
            SaveCheckpoint(everything: false);
        }
    }

    private void Take(DurableRequest durable)
    {
        var request = durable.Request;
        request.Place(durable.Position);
        foreach (var span in request.Spans)
        {
            _parts.Assembler.Add(span);
        }

        foreach (var record in request.Logs)
        {
            _parts.Keeper.Add(record);
        }

        foreach (var point in request.Points)
        {
            _parts.Analyses.Take(point);
        }

        _parts.Counts.AddSpans(request.Spans.Count);
        _parts.Counts.AddLogs(request.Logs.Count);
        _parts.Counts.AddPoints(request.Points.Count);
        _taken = durable.End;
    }

    private void Settle()
    {
        foreach (var span in _parts.Assembler.Tick())
        {
            _parts.Keeper.Add(span);
        }

        _parts.Analyses.Tick();
    }

    private void SaveCheckpoint(bool everything)
    {
        try
        {
            var mark = _parts.Store.Flush(everything);
            var unsettled = _parts.Assembler.Unsettled.ToLookup(span => span.As, span => span.Position);
            var checkpoint = new Checkpoint(
                _taken,
                mark.Mark,
                [.. unsettled[UnsettledAs.Live]],
                [.. unsettled[UnsettledAs.Waiting]],
                [.. mark.Pending, .. _parts.Keeper.Waiting]);
            _parts.State.Save(checkpoint, _parts.Analyses.Save);
            _parts.Log.Release(checkpoint.OldestNeeded);
            _parts.Counts.AddCheckpoint();
            _parts.Health.CheckpointFailed = null;
        }
        catch (Exception exception) when (exception is IOException or SqliteException)
        {
            // The one before stands: a restart reads more of the log, and what is there twice is found to be.
            _parts.Health.CheckpointFailed = $"The last checkpoint failed: {exception.Message}";
            LogCheckpoint(_parts.Logger, exception);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Critical, Message = "The pipeline has failed; requests are refused until a restart.")]
    private static partial void LogFault(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "A checkpoint failed; the one before stands.")]
    private static partial void LogCheckpoint(ILogger logger, Exception exception);
}
