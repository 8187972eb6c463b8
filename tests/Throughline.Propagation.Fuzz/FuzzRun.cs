using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Throughline.Propagation.Fuzz.Targets;

namespace Throughline.Propagation.Fuzz;

/// <summary>
/// Feeds every codec its share of the inputs. What counts as a failure is any exception at all on this thread, also one that the
/// codec's own containment swallowed, and any result that contradicts itself.
/// </summary>
internal sealed class FuzzRun(int seed, long inputs, IReadOnlyList<IFuzzTarget> targets, TextWriter output)
{
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private Exception? _thrown;

    /// <summary>Gets the codecs that are fed.</summary>
    public static IReadOnlyList<IFuzzTarget> Targets { get; } =
    [
        new TraceParentTarget(),
        new TraceStateTarget(),
        new BaggageTarget(),
        new B3SingleTarget(),
        new B3MultiTarget(),
        new PropagatorNamesTarget(),
    ];

    /// <summary>Runs; false after the first failure, whose input and seed are printed.</summary>
    public bool Run()
    {
        output.WriteLine($"seed {seed}, {inputs.ToString("N0", CultureInfo.InvariantCulture)} inputs");
        AppDomain.CurrentDomain.FirstChanceException += Note;
        try
        {
            return targets.All(Feed);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Note;
        }
    }

    private bool Feed(IFuzzTarget target)
    {
        InputMutator mutator = new(seed);
        long share = (inputs + targets.Count - 1) / targets.Count;
        long started = Stopwatch.GetTimestamp();
        for (long count = 1; count <= share; count++)
        {
            ReadOnlySpan<byte> input = mutator.Next(target.Samples);
            if (Fault(target, input) is { } fault)
            {
                output.WriteLine($"{target.Name}: input {count} of seed {seed} failed: {Convert.ToHexString(input)}");
                output.WriteLine(fault);
                return false;
            }
        }

        string seconds = Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        output.WriteLine($"{target.Name}: {share.ToString("N0", CultureInfo.InvariantCulture)} inputs, no exception, {seconds} s");
        return true;
    }

    private Exception? Fault(IFuzzTarget target, ReadOnlySpan<byte> input)
    {
        try
        {
            target.Feed(input);
        }
        catch (Exception)
        {
            // Noted when it was thrown, as those are that never got as far as here.
        }

        return _thrown;
    }

    private void Note(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _thrown ??= thrown.Exception;
        }
    }
}
