namespace Throughline.Server.Internal.Pipeline;

/// <summary>What is wrong with the pipeline, for the health endpoint: null while it is well. Written by its thread.</summary>
internal sealed class PipelineHealth
{
    private volatile string? _storeFull;
    private volatile string? _checkpointFailed;
    private volatile string? _fault;
    private volatile string? _damage;
    private volatile string? _logFailed;
    private volatile bool _isRecovering = true;

    /// <summary>Why nothing can be kept for now; it goes on by itself when there is space.</summary>
    public string? StoreFull
    {
        get => _storeFull;
        set => _storeFull = value;
    }

    /// <summary>Why the last checkpoint failed: a restart will take longer, nothing is lost.</summary>
    public string? CheckpointFailed
    {
        get => _checkpointFailed;
        set => _checkpointFailed = value;
    }

    /// <summary>What a damaged disk has lost of what was acknowledged; stays until a restart.</summary>
    public string? Damage
    {
        get => _damage;
        set => _damage = value;
    }

    /// <summary>Why the ingest log cannot be written until a restart; found when somebody sends.</summary>
    public string? LogFailed
    {
        get => _logFailed;
        set => _logFailed = value;
    }

    /// <summary>A fault that ended the pipeline's thread: requests are refused until a restart, the log has all of them.</summary>
    public string? Fault
    {
        get => _fault;
        set => _fault = value;
    }

    /// <summary>The recovery is not over: what was in the log is being read.</summary>
    public bool IsRecovering
    {
        get => _isRecovering;
        set => _isRecovering = value;
    }

    /// <summary>The gravest of these, in a sentence; null while all is well.</summary>
    public string? Problem => _fault ?? _logFailed ?? _storeFull ?? _damage ?? _checkpointFailed;
}
