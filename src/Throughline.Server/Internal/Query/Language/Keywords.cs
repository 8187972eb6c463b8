namespace Throughline.Server.Internal.Query.Language;

/// <summary>Words that are no values unless they are quoted.</summary>
internal static class Keywords
{
    public const string And = "and";
    public const string Or = "or";
    public const string Not = "not";
    public const string In = "in";
    public const string Exists = "exists";

    /// <summary>Alone: <c>status = error</c>.</summary>
    public const string Error = "error";

    public static bool IsReserved(string word) =>
        word.ToLowerInvariant() is And or Or or Not or In or Exists;
}
