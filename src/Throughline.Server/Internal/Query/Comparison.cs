namespace Throughline.Server.Internal.Query;

/// <summary>How a field is compared with a value.</summary>
internal enum Comparison
{
    Equal = 0,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary>A regular expression that matches the whole value.</summary>
    Matches,
    NotMatches,

    /// <summary>The field is there, whatever its value.</summary>
    Exists,
}
