using Throughline.Server.Internal.Analyze.Compare;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Tags;

namespace Throughline.Server.Internal.Api.Endpoints;

/// <summary>Two sides of spans, and what tells them apart.</summary>
internal sealed class CompareEndpoint(ApiServices services)
{
    private static readonly TimeSpan Lookback = TimeSpan.FromHours(1);

    private static readonly ApiParameter By =
        new("by", ParameterType.Word, "The sides: slow spans and the others, two times, or two values of an attribute; slow without.")
        {
            Words = [.. Enum.GetNames<ComparedBy>().Select(name => name.ToLowerInvariant())],
        };

    private static readonly ApiParameter Of =
        new("of", ParameterType.Word, "What is compared; duration without.") { Words = ["duration", "lag"] };

    private static readonly ApiParameter Over =
        new("over", ParameterType.Duration, "From when on a span is slow; what a tenth exceeds without.");

    private static readonly ApiParameter OtherFrom =
        new("otherFrom", ParameterType.Time, "By range: the second side's beginning; as long before without.");

    private static readonly ApiParameter OtherTo = new("otherTo", ParameterType.Time, "Its end; from without.");

    private static readonly ApiParameter Attribute =
        new("attribute", ParameterType.Text, "By attribute: a field or an attribute; service.version without.");

    private static readonly ApiParameter A = new("a", ParameterType.Text, "Its value on the first side; the most frequent without.");
    private static readonly ApiParameter B = new("b", ParameterType.Text, "Its value on the second side; the next without.");
    private static readonly ApiParameter From = Parameters.From with { About = "Spans that start at this time or later; an hour ago without." };
    private static readonly ApiParameter Limit = Parameters.Limit with { Max = 200, Default = 20 };

    private static readonly (ApiParameter Parameter, WellKnownField Field)[] Texts =
    [
        (Parameters.Topic, WellKnownField.Topic), (Parameters.Group, WellKnownField.Group), (Parameters.Service, WellKnownField.Service),
    ];

    public ApiRoute Route => new(
        "/compare",
        "compare",
        "What spans of one side say more often than those of another: of samples, with their error.",
        [
            By, Parameters.Query, Parameters.Topic, Parameters.Group, Parameters.Service, Of, Over, OtherFrom, OtherTo, Attribute, A, B,
            From, Parameters.To, Limit,
        ],
        ApiJson.Of<SpanComparison>(),
        ApiRoute.Now((request, cancellationToken) => new SpanComparer(services.Store).Compare(RequestOf(request), cancellationToken)));

    private ComparisonRequest RequestOf(ApiRequest request)
    {
        var now = UnixTime.Of(services.Time.GetUtcNow());
        var range = request.Range(From, Parameters.To, Lookback);
        range = range with { ToUnixNs = Math.Min(range.ToUnixNs, Math.Max(now, range.FromUnixNs + 1)) };
        return new ComparisonRequest
        {
            By = Enum.Parse<ComparedBy>(request.Word(By) ?? nameof(ComparedBy.Slow), ignoreCase: true),
            Where = TagConditions.All([.. Conditions(request)]),
            Range = range,
            Other = OtherOf(request, range),
            Attribute = FieldReader.Named(request.Text(Attribute) ?? "service.version"),
            A = request.Text(A),
            B = request.Text(B),
            IsLag = request.Word(Of) == "lag",
            OverNs = request.Duration(Over),
            Limit = (int)request.Integer(Limit)!.Value,
            WorkMax = services.WorkMax / 4,
        };
    }

    private static TimeRange OtherOf(ApiRequest request, TimeRange range)
    {
        var named = request.Range(OtherFrom, OtherTo);
        var other = new TimeRange(
            request.Text(OtherFrom) is null ? Math.Max(0, (2 * range.FromUnixNs) - range.ToUnixNs) : named.FromUnixNs,
            request.Text(OtherTo) is null ? range.FromUnixNs : named.ToUnixNs);
        return other.FromUnixNs < other.ToUnixNs
            ? other
            : throw ApiException.Wrong(OtherFrom, request.Text(OtherFrom) ?? "", "otherFrom is not before otherTo, which is from where it is not given");
    }

    private static IEnumerable<Condition> Conditions(ApiRequest request)
    {
        if (Queries.Own(request, Parameters.Query) is { } own)
        {
            yield return own;
        }

        foreach (var (parameter, field) in Texts)
        {
            if (request.Text(parameter) is { } text)
            {
                yield return TagConditions.Text(field, text);
            }
        }
    }
}
