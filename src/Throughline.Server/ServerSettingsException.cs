namespace Throughline.Server;

/// <summary>A setting has a value that cannot be used. The message names the setting, where it came from, the value and what is allowed.</summary>
public sealed class ServerSettingsException : Exception
{
    /// <summary>Without a message: of no use to anybody, but expected of exceptions.</summary>
    public ServerSettingsException()
    {
    }

    /// <summary>With what is wrong.</summary>
    public ServerSettingsException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong, and why.</summary>
    public ServerSettingsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
