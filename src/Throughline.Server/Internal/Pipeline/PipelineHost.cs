using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Pipeline;

/// <summary>Everything between a receiver and an answer, opened in one folder. Only one process may have it open.</summary>
internal sealed class PipelineHost : IAsyncDisposable
{
    private const string LockName = "lock";
    private const string StateName = "state.db";
    private const string LogFolder = "log";
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _lock;
    private readonly PipelineParts _parts;
    private readonly CachedAnswers _answers;
    private readonly SpanPipeline _pipeline;

    private PipelineHost(FileStream @lock, PipelineParts parts)
    {
        _lock = @lock;
        _parts = parts;
        _answers = new CachedAnswers(
            new Answers(parts.Analyses, parts.State.ReadingConnectionString, () => parts.Watchers.States), parts.Time);
        Ingest = new Intake(parts.Decoder, parts.Log, parts.Backlog, parts.Counts, parts.Health);
        _pipeline = SpanPipeline.Start(parts);
        parts.Watchers.Start();
    }

    /// <summary>Where receivers hand in what they got.</summary>
    public IIngest Ingest { get; }

    public ISpanStore Store => _parts.Store;

    /// <summary>What the analyses found.</summary>
    public IAnswers Answers => _answers;

    public IngestLog Log => _parts.Log;

    /// <summary>What assembly has counted.</summary>
    public AssemblyStatistics Assembly => _parts.Assembler.Statistics;

    public Backlog Backlog => _parts.Backlog;

    public PipelineCounts Counts => _parts.Counts;

    public PipelineHealth Health => _parts.Health;

    /// <summary>The spans of a trace that are not settled, with what they say in full.</summary>
    public async Task<IReadOnlyList<StoredSpan>> UnsettledAsync(TraceId trace, CancellationToken cancellationToken)
    {
        var live = await _pipeline.AskAsync(parts => parts.Assembler.Live(trace), cancellationToken).ConfigureAwait(false);
        var spans = new List<StoredSpan>(live.Count);
        foreach (var span in live)
        {
            var body = new byte[span.Position.Length];
            try
            {
                _parts.Log.ReadBody(span.Position, body);
            }
            catch (Exception exception) when (exception is InvalidDataException or ObjectDisposedException)
            {
                // Settled and released meanwhile: the store has it.
                continue;
            }

            spans.Add(new StoredSpan(span, body));
        }

        return spans;
    }

    /// <summary>
    /// Ends when all that was acknowledged is settled, decided and in the store: for whoever asks about a closed set of spans.
    /// </summary>
    public async Task SettledAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost);
        while (Backlog.Bytes > 0 || Health.IsRecovering || await IsUnsettledAsync(limit.Token).ConfigureAwait(false))
        {
            if (Health.Fault is { } fault)
            {
                throw new InvalidOperationException(fault);
            }

            await Task.Delay(PollEvery, limit.Token).ConfigureAwait(false);
        }

        await _pipeline.AskAsync(
            static parts =>
            {
                parts.Analyses.Publish();
                return true;
            },
            limit.Token).ConfigureAwait(false);
        _answers.Forget();
    }

    /// <summary>Settles all that was acknowledged without waiting for what may come yet.</summary>
    public async Task SettleAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(atMost);
        while (!await TryCompleteAsync(isComplete: true, limit.Token).ConfigureAwait(false))
        {
            await Task.Delay(PollEvery, limit.Token).ConfigureAwait(false);
        }

        try
        {
            await SettledAsync(atMost, limit.Token).ConfigureAwait(false);
        }
        finally
        {
            await TryCompleteAsync(isComplete: false, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>False where something that was acknowledged is not assembled yet.</summary>
    private Task<bool> TryCompleteAsync(bool isComplete, CancellationToken cancellationToken) => _pipeline.AskAsync(
        parts =>
        {
            if (isComplete && (Backlog.Bytes > 0 || Health.IsRecovering || !parts.Queue.IsEmpty))
            {
                return false;
            }

            parts.Assembler.IsComplete = isComplete;
            return true;
        },
        cancellationToken);

    private Task<bool> IsUnsettledAsync(CancellationToken cancellationToken) =>
        _pipeline.AskAsync(parts => !parts.Queue.IsEmpty || !parts.Keeper.IsEmpty || parts.Assembler.Unsettled.Any(), cancellationToken);

    /// <param name="settings">Where, and how much.</param>
    /// <param name="files">The disk under the ingest log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets what goes wrong.</param>
    /// <exception cref="IOException">The folder cannot be used, or another process uses it.</exception>
    /// <exception cref="InvalidDataException">A later version wrote what is there.</exception>
    public static async Task<PipelineHost> OpenAsync(
        PipelineSettings settings, IDurableFiles files, TimeProvider time, ILogger logger)
    {
        Directory.CreateDirectory(settings.Folder);
        var opened = new Stack<object>();
        try
        {
            var @lock = TakeLock(settings.Folder);
            opened.Push(@lock);
            var state = StateDatabase.Open(Path.Combine(settings.Folder, StateName));
            opened.Push(state);
            var watchers = settings.MakeWatchers();
            opened.Push(watchers);
            var analyses = new Analyses(settings.Analysis, time);
            analyses.Watch(watchers);
            var checkpoint = state.Load(analyses.Load);
            var store = settings.MakeStore();
            opened.Push(store);
            store.Recover(checkpoint.StoreMark);
            var queue = new PipelineQueue();
            opened.Push(queue);
            var log = IngestLog.Open(
                files, Path.Combine(settings.Folder, LogFolder), checkpoint.Position, settings.Log, queue.Add);
            opened.Push(log);
            var counts = new PipelineCounts();
            var health = new PipelineHealth();
            return new PipelineHost(@lock, new PipelineParts
            {
                Options = settings.Pipeline,
                Time = time,
                Queue = queue,
                Backlog = new Backlog(settings.Pipeline.BacklogMax),
                Log = log,
                Decoder = settings.Decoder,
                Store = store,
                Assembler = new Assembler(store, analyses, time, settings.Assembly),
                Analyses = analyses,
                Watchers = watchers,
                State = state,
                LoadedCheckpoint = checkpoint,
                ReplayEnd = log.End,
                Keeper = new Keeper(log, store, counts, health),
                Counts = counts,
                Health = health,
                Logger = logger,
            });
        }
        catch (Exception exception)
        {
            await CloseAsync(opened).ConfigureAwait(false);
            if (exception is SqliteException)
            {
                throw new IOException($"{Path.Combine(settings.Folder, StateName)} cannot be used: {exception.Message}", exception);
            }

            throw;
        }
    }

    /// <summary>Writes what was let in, takes it, makes a last checkpoint, and closes everything.</summary>
    public async ValueTask DisposeAsync()
    {
        // The log first: what it still writes reaches the pipeline, which then ends. Its files stay readable until then.
        await _parts.Log.StopWritingAsync().ConfigureAwait(false);
        await _pipeline.DisposeAsync().ConfigureAwait(false);
        await CloseAsync(new Stack<object>([_lock, _parts.State, _parts.Store, _parts.Watchers, _parts.Log])).ConfigureAwait(false);
    }

    private static FileStream TakeLock(string folder)
    {
        var path = Path.Combine(folder, LockName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"The data folder {folder} cannot be locked ({exception.Message}). If another server uses it, stop that one, or give this one a folder of its own (--data-folder).",
                exception);
        }
    }

    private static async ValueTask CloseAsync(Stack<object> opened)
    {
        while (opened.TryPop(out var one))
        {
            if (one is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                ((IDisposable)one).Dispose();
            }
        }
    }
}
