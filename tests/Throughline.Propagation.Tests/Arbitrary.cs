using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Tests;

/// <summary>Generated contexts and headers.</summary>
internal static class Arbitrary
{
    private const int MembersMax = 12;
    private const string LowerAlphanumeric = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const string Token = LowerAlphanumeric + "ABCXYZ!#$%&'*+-.^_`|~";
    private const string StateValue = LowerAlphanumeric + "AZ!\"#$%&'()*+-./:;<>?@[\\]^_`{|}~";

    /// <summary>Any context that may be sent: valid ids or none, both flags, tracestate, baggage of any text.</summary>
    public static readonly Arbitrary<PropagationContext> Contexts = (
        from trace in TraceContext()
        from hasTrace in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from baggage in BaggageMembers()
        select new PropagationContext(hasTrace ? trace : default, baggage)).ToArbitrary();

    /// <summary>Valid headers with a few characters changed. Versions 01 to 0f stay 55 long: the SDK takes them for 00.</summary>
    public static readonly Arbitrary<string> TraceParents = (
        from trace in TraceContext()
        from version in Gen.Elements("00", "00", "cc", "ff", "10", "01")
        from flags in Gen.Elements("00", "01", "03", "ff", "0g", "A1")
        from rest in Gen.Elements(string.Empty, string.Empty, "-", "-more", ".more")
        from changes in Changes("0123456789abcdefABCDEFg-_ \u00e9", countMax: 2)
        select Change($"{version}-{trace.TraceId}-{trace.SpanId}-{flags}{(version == "01" ? string.Empty : rest)}", changes))
        .ToArbitrary().Filter(header => header.Length <= 55 || header[0] != '0' || header[1] == '0');

    /// <summary>Lists that are mostly valid, with spaces, empty members, repeated keys and a few characters changed.</summary>
    public static readonly Arbitrary<string> TraceStates = (
        from members in TraceStateMember().ListOf()
        from separator in Gen.Elements(",", ", ", " ,\t", ",,")
        from changes in Changes("abA0=,; \t@-*/_\u00e9", countMax: 1)
        where members.Count <= MembersMax
        select Change(string.Join(separator, members), changes)).ToArbitrary();

    /// <summary>Anything made of the characters that mean something in baggage.</summary>
    public static readonly Arbitrary<string> BaggageHeaders = Gen
        .Elements("a", "b", "k1", "=", "=", ",", ",", ";", "%", "%41", "%C3%A9", "%c3", "%zz", "+", "\"", "\\", " ", "\t", "(", "%F0%9F%98%80")
        .ListOf().Select(string.Concat).ToArbitrary();

    private static Gen<ActivityContext> TraceContext() =>
        from traceId in Gen.Choose(0, 255).ArrayOf(16)
        from spanId in Gen.Choose(0, 255).ArrayOf(8)
        from flags in Gen.Choose(0, 3)
        from members in TraceStateMember().ListOf()
        where traceId.Any(part => part != 0) && spanId.Any(part => part != 0)
        select new ActivityContext(
            ActivityTraceId.CreateFromBytes(Bytes(traceId)),
            ActivitySpanId.CreateFromBytes(Bytes(spanId)),
            (ActivityTraceFlags)flags,
            string.Join(',', members.DistinctBy(KeyOf).Take(MembersMax)),
            isRemote: false);

    private static Gen<string> TraceStateMember() =>
        from first in Gen.Elements(LowerAlphanumeric.ToCharArray())
        from key in Text(LowerAlphanumeric + "_-*/@", 3)
        from value in Text(StateValue + " ", 20)
        from last in Gen.Elements(StateValue.ToCharArray())
        select $"{first}{key}={value}{last}";

    private static Gen<Baggage> BaggageMembers() =>
        from members in BaggageMember().ListOf()
        select Baggage.Create(members.Take(MembersMax).DistinctBy(member => member.Key).ToDictionary());

    private static Gen<KeyValuePair<string, string>> BaggageMember() =>
        from first in Gen.Elements(Token.ToCharArray())
        from key in Text(Token, 8)
        from value in ArbMap.Default.GeneratorFor<string>()
        select new KeyValuePair<string, string>(first + key, WithoutHalfCharacters(value ?? string.Empty));

    private static Gen<string> Text(string alphabet, int lengthMax) =>
        from length in Gen.Choose(0, lengthMax)
        from characters in Gen.Elements(alphabet.ToCharArray()).ArrayOf(length)
        select new string(characters);

    private static Gen<List<(int At, char To)>> Changes(string alphabet, int countMax) =>
        from count in Gen.Choose(0, countMax)
        from places in Gen.Choose(0, 1000).ArrayOf(count)
        from characters in Gen.Elements(alphabet.ToCharArray()).ArrayOf(count)
        select places.Zip(characters).ToList();

    private static string Change(string text, List<(int At, char To)> changes)
    {
        char[] changed = text.ToCharArray();
        foreach ((int at, char to) in changes)
        {
            if (changed.Length > 0)
            {
                changed[at % changed.Length] = to;
            }
        }

        return new string(changed);
    }

    // Half a surrogate pair is replaced on the wire by both, so it would not come back as it went.
    private static string WithoutHalfCharacters(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string KeyOf(string member) => member[..member.IndexOf('=', StringComparison.Ordinal)];

    private static byte[] Bytes(int[] values) => [.. values.Select(value => (byte)value)];
}
