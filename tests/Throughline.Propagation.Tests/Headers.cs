using System.Text;
using Throughline.Propagation.Fuzz;

namespace Throughline.Propagation.Tests;

/// <summary>Makes carriers, and shows what is in them.</summary>
internal static class Headers
{
    public static MessageHeaders Of(params (string Name, string Value)[] headers) =>
        new([.. headers.Select(header => new KeyValuePair<string, byte[]>(header.Name, Encoding.UTF8.GetBytes(header.Value)))]);

    public static MessageHeaders Trace(string traceState) => Of(("traceparent", Contexts.TraceParent), ("tracestate", traceState));

    public static string[] Lines(this MessageHeaders headers) => headers.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
