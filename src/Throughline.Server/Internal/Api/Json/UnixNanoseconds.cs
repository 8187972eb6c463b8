using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Throughline.Server.Internal.Api.Json;

/// <summary>Times in Unix nanoseconds are written as texts: JavaScript has no whole numbers of that size.</summary>
internal static class UnixNanoseconds
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal) { "time", "timeUnixNs" };

    public static void AsText(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.PropertyType == typeof(long) && Names.Contains(property.Name))
            {
                property.Name = "timeUnixNano";
                property.NumberHandling = JsonNumberHandling.WriteAsString;
            }
        }
    }
}
