namespace Throughline.Server.Internal.Compat;

/// <summary>How often one service was seen to call another.</summary>
internal sealed record DependencyLink(string Parent, string Child, long Calls, long Errors);
