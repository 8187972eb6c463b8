namespace Throughline.Propagation.Fuzz;

/// <summary>Makes inputs: noise, or a sample with a few things done to it. The same seed makes the same inputs.</summary>
internal sealed class InputMutator(int seed)
{
    private const int LengthMax = 16 * 1024;
    private const int NoiseLengthMax = 128;
    private const int ChangesMax = 6;
    private const int NoiseOneIn = 8;
    private const int GrowthOneIn = 2000;

    private static readonly byte[] Telling = "0123456789abcdefABCDEF-,=;% \t\r\n+\"\\/@*_~gzZ.:\0\u007f\u00ff\ufffd"u8.ToArray();

    private readonly Random _random = new(seed);
    private readonly List<byte> _input = [];

    /// <summary>The next input; valid until the next call.</summary>
    public ReadOnlySpan<byte> Next(IReadOnlyList<byte[]> samples)
    {
        _input.Clear();
        if (_random.Next(NoiseOneIn) == 0)
        {
            AddNoise(_random.Next(NoiseLengthMax));
        }
        else
        {
            _input.AddRange(Any(samples));
            for (int changes = _random.Next(ChangesMax); changes > 0; changes--)
            {
                Change(samples);
            }
        }

        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_input);
    }

    private void Change(IReadOnlyList<byte[]> samples)
    {
        int at = _random.Next(_input.Count + 1);
        int length = _random.Next(_input.Count - at + 1);
        switch (_random.Next(7))
        {
            case 0 when at < _input.Count:
                _input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < _input.Count:
                _input[at] = Telling[_random.Next(Telling.Length)];
                break;
            case 2:
                _input.Insert(at, Telling[_random.Next(Telling.Length)]);
                break;
            case 3:
                _input.RemoveRange(at, Math.Min(length, 1 + _random.Next(4)));
                break;
            case 4:
                _input.RemoveRange(at, length);
                break;
            case 5:
                _input.InsertRange(at, Any(samples));
                break;
            default:
                Repeat(at, length);
                break;
        }
    }

    /// <summary>Now and then far beyond every limit, mostly a little.</summary>
    private void Repeat(int at, int length)
    {
        byte[] piece = [.. _input.GetRange(at, length)];
        int times = _random.Next(GrowthOneIn) == 0 ? LengthMax : _random.Next(4);
        for (; times > 0 && piece.Length > 0 && _input.Count + piece.Length <= LengthMax; times--)
        {
            _input.InsertRange(at, piece);
        }
    }

    private void AddNoise(int length)
    {
        bool isTelling = _random.Next(2) == 0;
        for (; length > 0; length--)
        {
            _input.Add(isTelling ? Telling[_random.Next(Telling.Length)] : (byte)_random.Next(256));
        }
    }

    private byte[] Any(IReadOnlyList<byte[]> samples) => samples[_random.Next(samples.Count)];
}
