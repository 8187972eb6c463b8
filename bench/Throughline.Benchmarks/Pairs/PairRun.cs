using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Throughline.Benchmarks.Pairs;

/// <summary>
/// Runs two contenders in turns, in one process: whatever slows the machine down meanwhile slows both, and a round that
/// was interrupted does not count among a thousand. BenchmarkDotNet runs them minutes apart.
/// </summary>
internal sealed class PairRun
{
    private const int Rounds = 1_000;
    private const int WarmupRounds = 60;
    private const double RoundNanoseconds = 400_000;

    // The compiler's tiers need calls, and pauses in which to work.
    private static readonly TimeSpan WarmupPause = TimeSpan.FromMilliseconds(20);

    private readonly Pair _pair;
    private readonly Type _type;
    private readonly object _benchmark;

    internal PairRun(Pair pair)
    {
        _pair = pair;
        _type = typeof(PairRun).Assembly.GetTypes().Single(type => type.Name == $"{pair.Benchmark}Benchmarks");
        _benchmark = Activator.CreateInstance(_type)!;
        var situation = _type.GetProperties().Single(property => property.PropertyType.IsEnum);
        situation.SetValue(_benchmark, Enum.Parse(situation.PropertyType, pair.Situation));
    }

    internal PairTimes Measure()
    {
        CallMarked<GlobalSetupAttribute>();
        var (ours, theirs) = (Row(_pair.Ours), Row(_pair.Theirs));

        // 1. Warm up, and find how many calls make a round.
        double slowest = 0;
        for (var i = 0; i < WarmupRounds; i++)
        {
            const int Calls = 500;
            slowest = Math.Max(Time(ours, Calls), Time(theirs, Calls));
            Thread.Sleep(WarmupPause);
        }

        // 2. Measure in turns; who begins changes too.
        var calls = Math.Max(1, (int)(RoundNanoseconds / slowest));
        var ratios = new double[Rounds];
        var differences = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var first = Time(i % 2 == 0 ? ours : theirs, calls);
            var second = Time(i % 2 == 0 ? theirs : ours, calls);
            var (our, their) = i % 2 == 0 ? (first, second) : (second, first);
            ratios[i] = our / their;
            differences[i] = our - their;
        }

        CallMarked<GlobalCleanupAttribute>();
        return new(Median(ratios), Median(differences));
    }

    private static double Time(Action row, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            row();
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }

    private void CallMarked<TAttribute>()
        where TAttribute : Attribute =>
        _type.GetMethods().SingleOrDefault(method => method.GetCustomAttribute<TAttribute>() is not null)?.Invoke(_benchmark, null);

    private Action Row(string contender)
    {
        var method = _type.GetMethod(contender)!;
        return method.ReturnType == typeof(void)
            ? method.CreateDelegate<Action>(_benchmark)
            : (Action)GetType().GetMethod(nameof(Dropping), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(method.ReturnType).Invoke(null, [_benchmark, method])!;
    }

    private static Action Dropping<T>(object benchmark, MethodInfo method)
    {
        var call = method.CreateDelegate<Func<T>>(benchmark);
        return () => call();
    }
}
