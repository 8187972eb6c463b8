namespace Throughline.Kafka.Hosting;

/// <summary>Kafka settings are wrong. The message lists all of them, a line each: the key, its value, and what is allowed.</summary>
public sealed class KafkaSettingsException : Exception
{
    /// <summary>Makes one without a list.</summary>
    public KafkaSettingsException()
        : this([])
    {
    }

    /// <summary>Makes one with a text of one's own.</summary>
    /// <param name="message">The text.</param>
    public KafkaSettingsException(string message)
        : base(message) => Problems = [];

    /// <summary>Makes one with a text and a cause of one's own.</summary>
    /// <param name="message">The text.</param>
    /// <param name="innerException">The cause.</param>
    public KafkaSettingsException(string message, Exception innerException)
        : base(message, innerException) => Problems = [];

    internal KafkaSettingsException(IReadOnlyList<string> problems)
        : base("The Kafka settings are wrong:" + string.Concat(problems.Select(problem => Environment.NewLine + "  " + problem))) =>
        Problems = problems;

    /// <summary>What is wrong, a line for each key.</summary>
    public IReadOnlyList<string> Problems { get; }
}
