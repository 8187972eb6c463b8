namespace Throughline.Server.Internal.Assemble;

/// <summary>Who assembly tells what it has found. Called on the pipeline's thread; told once each.</summary>
internal interface IAssembled
{
    void Settled(SettledTrace trace);

    /// <summary>An orphan whose cause is decided: at once where the span says it, else after the time one waits for a parent.</summary>
    void Orphaned(Orphan orphan);

    /// <summary>A parent came after all: what was counted as <see cref="OrphanCause.ParentLost"/> was only late.</summary>
    void ParentCameLate(Orphan orphan);
}
