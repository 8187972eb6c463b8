namespace Throughline.Server.Internal.Query;

/// <summary>A query that cannot be read: where, what stands there, and what is allowed there.</summary>
/// <param name="message">One sentence, without the position.</param>
/// <param name="line">From 1.</param>
/// <param name="column">From 1, in characters of that line.</param>
/// <param name="inner">What found it, or null.</param>
internal sealed class QueryException(string message, int line, int column, Exception? inner = null)
    : FormatException(message, inner)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>Of a position in a text, as an index from 0.</summary>
    public static QueryException At(string text, int index, string message, Exception? inner = null)
    {
        var before = text.AsSpan(0, Math.Min(index, text.Length));
        return new QueryException(message, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), inner);
    }
}
