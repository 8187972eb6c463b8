using System.Reflection;
using Confluent.Kafka;

namespace Throughline.Benchmarks.Peer;

/// <summary>
/// OpenTelemetry's ConfluentKafka instrumentation, where there is one: the assembly that <c>THROUGHLINE_PEER</c> names,
/// else its package. Its decorators are internal and want a real client's builder, so they are made by reflection;
/// they are called through the client's own interface.
/// </summary>
internal static class PeerInstrumentation
{
    internal const string Name = "OpenTelemetry.Instrumentation.ConfluentKafka";
    internal const string Variable = "THROUGHLINE_PEER";

    private static readonly Assembly? Assembly = Load();

    internal static bool IsThere => Assembly is not null;

    internal static string? Version =>
        Assembly?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    /// <summary>The variable's path, for processes that run elsewhere.</summary>
    internal static void MakePathAbsolute()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            Environment.SetEnvironmentVariable(Variable, Path.GetFullPath(path));
        }
    }

    internal static IProducer<string, string>? Around(IProducer<string, string> inner)
    {
        if (Assembly is null)
        {
            return null;
        }

        var options = Make("ConfluentKafkaProducerInstrumentationOptions`2");
        foreach (var switched in options.GetType().GetProperties().Where(property => property.Name is "Traces" or "Metrics"))
        {
            switched.SetValue(options, true);
        }

        return (IProducer<string, string>)Make("InstrumentedProducer`2", inner, options);
    }

    /// <summary>Its own way to read a record's context.</summary>
    internal static PeerExtract? Extract => Assembly?
        .GetType("Confluent.Kafka.OpenTelemetryConsumeResultExtensions", throwOnError: true)!
        .GetMethod("TryExtractPropagationContext")!
        .MakeGenericMethod(typeof(string), typeof(string))
        .CreateDelegate<PeerExtract>();

    private static object Make(string type, params object[] arguments)
    {
        var constructor = Assembly!.GetType($"{Name}.{type}", throwOnError: true)!
            .MakeGenericType(typeof(string), typeof(string))
            .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Single();

        // Parameters that came with later versions are optional.
        var rest = constructor.GetParameters().Skip(arguments.Length).Select(parameter => parameter.DefaultValue);
        return constructor.Invoke([.. arguments, .. rest]);
    }

    private static Assembly? Load()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path)
        {
            return Assembly.LoadFrom(Path.GetFullPath(path));
        }

        try
        {
            return Assembly.Load(Name);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
