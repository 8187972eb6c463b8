namespace Throughline.Propagation.Internal;

/// <summary>One row of the table of causes.</summary>
internal sealed record RefusalMeaning(RefusalCause Cause, string Name, string Meaning);
