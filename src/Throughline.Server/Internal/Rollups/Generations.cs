namespace Throughline.Server.Internal.Rollups;

/// <summary>
/// Which changes a store has: each is of a generation, and a checkpoint that is committed has all up to one. Whether it was
/// committed is read from the store before the next one, so that nothing is written twice and nothing is left out.
/// </summary>
internal sealed class Generations
{
    /// <summary>Of what changes now.</summary>
    public long Current { get; private set; } = 1;

    /// <summary>A checkpoint is written: what changes from now on belongs to the next.</summary>
    public long Next() => Current++;

    public void Restore(long stored) => Current = stored + 1;
}
