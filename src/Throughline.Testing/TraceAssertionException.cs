using Throughline.Testing.Internal;

namespace Throughline.Testing;

/// <summary>A trace is not as a test expects; the message ends with the trace, drawn as a tree.</summary>
public sealed class TraceAssertionException : Exception, IAssertionException
{
    /// <summary>Without a message.</summary>
    public TraceAssertionException()
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="message">What was expected, what was found, and the tree.</param>
    public TraceAssertionException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">What was expected, what was found, and the tree.</param>
    /// <param name="innerException">The cause.</param>
    public TraceAssertionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static TraceAssertionException WithTree(string message, IReadOnlyList<RecordedSpan> spans, long dropped = 0)
    {
        var more = dropped == 0 ? "" : $"\n({dropped} more spans were not recorded)";
        return new TraceAssertionException(
            spans.Count == 0 ? $"{message}\nNo span was recorded.{more}" : $"{message}\n{TraceTree.Render(spans)}{more}");
    }
}
