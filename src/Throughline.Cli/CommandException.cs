namespace Throughline.Cli;

/// <summary>A command cannot go on; the message is for the user, the code for scripts.</summary>
internal sealed class CommandException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>Further lines that help to find the cause, such as the end of a log.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
}
