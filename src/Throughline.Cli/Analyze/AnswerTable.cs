namespace Throughline.Cli.Analyze;

/// <summary>One of the server's answers as a table.</summary>
/// <param name="Name">What it is called on the command line and in JSON.</param>
/// <param name="Title">Over it.</param>
/// <param name="Path">Below the API's prefix, with its own parameters.</param>
/// <param name="Nothing">What it means when there are no rows.</param>
/// <param name="Columns">Left to right.</param>
internal sealed record AnswerTable(string Name, string Title, string Path, string Nothing, IReadOnlyList<Column> Columns);
