using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;

namespace Throughline.Server.Internal.Api;

/// <summary>The parameters that routes share.</summary>
internal static class Parameters
{
    public static ApiParameter Query { get; } = new("q", ParameterType.Text, "A query in the server's own language; docs/query.md.");

    public static ApiParameter From { get; } = new("from", ParameterType.Time, "Spans that start at this time or later.");

    public static ApiParameter To { get; } = new("to", ParameterType.Time, "Spans that start before this time.");

    public static ApiParameter Limit { get; } =
        new("limit", ParameterType.Integer, "Items on a page.") { Min = 1, Max = 1000, Default = 100 };

    public static ApiParameter Cursor { get; } = new("cursor", ParameterType.Text, "The previous page's cursor.");

    public static ApiParameter Service { get; } = new("service", ParameterType.Text, "The service.");

    public static ApiParameter Topic { get; } = new("topic", ParameterType.Text, "The topic.");

    public static ApiParameter Group { get; } = new("group", ParameterType.Text, "The consumer group.");

    public static ApiParameter Partition { get; } =
        new("partition", ParameterType.Integer, "The partition.") { Max = int.MaxValue };

    public static ApiParameter Offset { get; } = new("offset", ParameterType.Integer, "The record's offset.");

    public static ApiParameter TraceId { get; } =
        new("traceId", ParameterType.TraceId, "The trace's id.") { IsInPath = true, IsRequired = true };

    /// <summary>The parameter of a field that has a few words for values.</summary>
    public static ApiParameter Words(WellKnownField field)
    {
        var name = FieldNames.Of(field)!;
        return new ApiParameter(name.Name, ParameterType.Word, $"{char.ToUpperInvariant(name.About[0])}{name.About[1..]}.")
        {
            Words = name.Words,
        };
    }
}
