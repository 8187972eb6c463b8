namespace Throughline.Dashboard.Internal.Orphans;

/// <summary>A snippet that mends a cause.</summary>
/// <param name="Client">Whom it is for; null where it is the same for all.</param>
/// <param name="Text">Code, or configuration.</param>
internal sealed record Fix(FixClient? Client, string Text);
