using System.Reflection;

namespace Throughline.Benchmarks.Reporting;

/// <summary>The folders of the checkout that this was built in.</summary>
internal static class Places
{
    internal static string Project => Of("ProjectFolder");

    internal static string Results => Of("ResultsFolder");

    private static string Of(string name) => typeof(Places).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(each => each.Key == name).Value!;
}
