namespace Throughline.Propagation.Fuzz;

/// <summary>One codec under fuzz.</summary>
internal interface IFuzzTarget
{
    /// <summary>Gets what is fed.</summary>
    string Name { get; }

    /// <summary>Gets valid and nearly valid inputs to start from.</summary>
    IReadOnlyList<byte[]> Samples { get; }

    /// <summary>Feeds one input; throws <see cref="FuzzFailureException"/> when what comes of it is wrong.</summary>
    void Feed(ReadOnlySpan<byte> input);
}
