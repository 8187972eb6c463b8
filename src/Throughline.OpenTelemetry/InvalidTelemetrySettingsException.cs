namespace Throughline.OpenTelemetry;

/// <summary>Strict mode found wrong variables; the message lists all of them, a line each.</summary>
public sealed class InvalidTelemetrySettingsException : Exception
{
    /// <summary>Makes one without a list.</summary>
    public InvalidTelemetrySettingsException()
        : this([])
    {
    }

    /// <summary>Makes one with a text of one's own.</summary>
    /// <param name="message">The text.</param>
    public InvalidTelemetrySettingsException(string message)
        : base(message) => Problems = [];

    /// <summary>Makes one with a text and a cause of one's own.</summary>
    /// <param name="message">The text.</param>
    /// <param name="innerException">The cause.</param>
    public InvalidTelemetrySettingsException(string message, Exception innerException)
        : base(message, innerException) => Problems = [];

    internal InvalidTelemetrySettingsException(IReadOnlyList<string> problems)
        : base("The telemetry settings are wrong:" + string.Concat(problems.Select(problem => Environment.NewLine + "  " + problem))) =>
        Problems = problems;

    /// <summary>What is wrong, a line for each variable.</summary>
    public IReadOnlyList<string> Problems { get; }
}
