namespace Throughline.Server.Internal.Query;

/// <summary>
/// What a field is compared with: a text, a number (durations are nanoseconds) or a truth. A span's attribute equals a
/// text also where the attribute is a number whose text it is: users cannot know how an instrumentation wrote it.
/// </summary>
/// <param name="Text">As the query had it; enums by their lower-case name (<c>error</c>, <c>producer</c>).</param>
/// <param name="Number">Null where it is none.</param>
internal readonly record struct QueryValue(string Text, double? Number = null)
{
    /// <summary>Of <see cref="Comparison.Exists"/>, which has no value.</summary>
    public static QueryValue None => new("");
}
