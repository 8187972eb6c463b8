using Throughline.Propagation.Fuzz;

namespace Throughline.Propagation.Tests;

/// <summary>A short form of the fuzz program, and proof that it would notice.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 30_000;

    [Fact]
    public void No_codec_throws_on_random_and_mutated_inputs()
    {
        using StringWriter output = new();

        Assert.True(new FuzzRun(Random.Shared.Next(), Inputs, FuzzRun.Targets, output).Run(), output.ToString());
    }

    [Fact]
    public void An_exception_that_a_codec_would_swallow_fails_the_run_and_names_seed_and_input()
    {
        using StringWriter output = new();

        Assert.False(new FuzzRun(7, Inputs, [new SwallowingTarget()], output).Run());
        Assert.Contains("input 100 of seed 7 failed", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_makes_the_same_inputs()
    {
        Assert.Equal(Inputs100(seed: 7), Inputs100(seed: 7));
        Assert.NotEqual(Inputs100(seed: 7), Inputs100(seed: 8));
    }

    private static string Inputs100(int seed)
    {
        InputMutator mutator = new(seed);
        return string.Join(',', Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(mutator.Next(FuzzRun.Targets[0].Samples))));
    }

    private sealed class SwallowingTarget : IFuzzTarget
    {
        private int _count;

        public string Name => "swallowing";

        public IReadOnlyList<byte[]> Samples { get; } = ["sample"u8.ToArray()];

        public void Feed(ReadOnlySpan<byte> input)
        {
            try
            {
                FuzzFailureException.Unless(++_count < 100, "the hundredth");
            }
            catch (FuzzFailureException)
            {
                // Swallowed: that is the point.
            }
        }
    }
}
