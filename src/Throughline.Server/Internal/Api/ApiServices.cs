using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Journeys;
using Throughline.Server.Internal.Query.Completion;
using Throughline.Server.Internal.Query.Traces;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Api;

/// <summary>What the query side of the server answers from.</summary>
internal sealed class ApiServices
{
    public ApiServices(ISpanStore store, UnsettledSpans unsettled, IAnswers answers, TimeProvider time, TimeSpan workMax)
    {
        Answers = answers;
        Store = store;
        Time = time;
        WorkMax = workMax;
        Started = time.GetUtcNow();
        Traces = new TraceReader(store, unsettled);
        Search = new TraceSearch(store, Traces, time);
        Completer = new QueryCompleter(store);
        Journeys = new JourneyReader(store, (trace, cancellationToken) => unsettled(trace, cancellationToken), time, new JourneyOptions());
    }

    public ISpanStore Store { get; }

    public TimeProvider Time { get; }

    /// <summary>How long a search looks before it answers with what it has.</summary>
    public TimeSpan WorkMax { get; }

    public DateTimeOffset Started { get; }

    public TraceReader Traces { get; }

    public TraceSearch Search { get; }

    public QueryCompleter Completer { get; }

    public IAnswers Answers { get; }

    public JourneyReader Journeys { get; }
}
