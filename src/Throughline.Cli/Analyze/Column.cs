using System.Text.Json;

namespace Throughline.Cli.Analyze;

/// <summary>A column of a table.</summary>
/// <param name="Title">Over it.</param>
/// <param name="Text">What a row has in it; empty for nothing.</param>
/// <param name="IsNumber">It is set to the right.</param>
internal sealed record Column(string Title, Func<JsonElement, string> Text, bool IsNumber = false);
