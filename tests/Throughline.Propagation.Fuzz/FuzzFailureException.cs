namespace Throughline.Propagation.Fuzz;

/// <summary>A codec did not throw, but what it made of an input is wrong.</summary>
internal sealed class FuzzFailureException : Exception
{
    /// <summary>A failure without words.</summary>
    public FuzzFailureException()
    {
    }

    /// <summary>A failure that says what is wrong.</summary>
    public FuzzFailureException(string message)
        : base(message)
    {
    }

    /// <summary>A failure that says what is wrong, and why.</summary>
    public FuzzFailureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Throws unless that holds.</summary>
    public static void Unless(bool holds, string message)
    {
        if (!holds)
        {
            throw new FuzzFailureException(message);
        }
    }
}
