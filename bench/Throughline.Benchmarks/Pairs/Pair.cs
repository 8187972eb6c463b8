namespace Throughline.Benchmarks.Pairs;

/// <summary>Two contenders in one situation, to be held against each other.</summary>
internal sealed record Pair(string Benchmark, string Situation, string Ours, string Theirs)
{
    private const int Words = 4;

    internal string[] ToArguments() => [Benchmark, Situation, Ours, Theirs];

    internal static Pair? Of(string[] arguments) =>
        arguments.Length == Words ? new(arguments[0], arguments[1], arguments[2], arguments[3]) : null;
}
