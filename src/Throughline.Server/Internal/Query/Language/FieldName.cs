namespace Throughline.Server.Internal.Query.Language;

/// <summary>A field that queries know by a name of their own.</summary>
/// <param name="Name">As queries write it.</param>
/// <param name="Known">What it is.</param>
/// <param name="Type">What values it has.</param>
/// <param name="About">One line for people.</param>
/// <param name="Words">Its values, where <paramref name="Type"/> is <see cref="FieldType.Word"/>.</param>
internal sealed record FieldName(
    string Name, WellKnownField Known, FieldType Type, string About, IReadOnlyList<string> Words);
