namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// What changed and is in no committed checkpoint. What one wrote stays until it is known to be committed: if it was not,
/// the next one writes it again.
/// </summary>
internal sealed class Unsaved<T>
    where T : notnull
{
    private HashSet<T> _changed = [];
    private HashSet<T> _written = [];

    public void Add(T item) => _changed.Add(item);

    /// <summary>What to write now.</summary>
    /// <param name="isCommitted">Whether the checkpoint that was written last is known to be there.</param>
    public IReadOnlyCollection<T> Take(bool isCommitted)
    {
        if (!isCommitted)
        {
            _changed.UnionWith(_written);
        }

        (_written, _changed) = (_changed, []);
        return _written;
    }
}
