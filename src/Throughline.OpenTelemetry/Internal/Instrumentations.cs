namespace Throughline.OpenTelemetry.Internal;

/// <summary>The activity sources and meters of Throughline's libraries, by name: this library depends on none of them.</summary>
internal static class Instrumentations
{
    public const string Names = "Throughline.*";
}
