using Throughline.Cli.Demo.Otlp;

namespace Throughline.Cli.Demo.Traces;

/// <summary>All spans received, by trace, and the two spans of each order that name it. One owner; not thread-safe.</summary>
internal sealed class SpanBook
{
    private readonly Dictionary<string, List<TraceSpan>> _byTrace = [];
    private readonly Dictionary<string, TraceSpan> _createByOrder = [];
    private readonly Dictionary<string, TraceSpan> _processByOrder = [];
    private readonly Dictionary<string, string> _orderByTrace = [];
    private readonly HashSet<string> _changedTraces = [];

    /// <summary>How many spans came.</summary>
    public int Count { get; private set; }

    public void Add(TraceSpan span)
    {
        Count++;
        if (!_byTrace.TryGetValue(span.TraceId, out var trace))
        {
            _byTrace.Add(span.TraceId, trace = []);
        }

        trace.Add(span);
        _changedTraces.Add(span.TraceId);
        if (span.Text(SpanNames.OrderId) is { } order)
        {
            // The first of each: a redelivered record's second handling is no second notification.
            switch (span.Name)
            {
                case SpanNames.CreateOrder: _createByOrder.TryAdd(order, span); break;
                case SpanNames.ProcessOrderEvent: _processByOrder.TryAdd(order, span); break;
                default: return;
            }

            _orderByTrace[span.TraceId] = order;
        }
    }

    /// <summary>The orders of which something new is known since the last call.</summary>
    public IReadOnlyList<string> TakeChangedOrders()
    {
        var orders = _changedTraces.Select(trace => _orderByTrace.GetValueOrDefault(trace)).OfType<string>().ToArray();
        _changedTraces.Clear();
        return orders;
    }

    /// <summary>What is known of an order now.</summary>
    public OrderTrace Read(string orderId)
    {
        var create = _createByOrder.GetValueOrDefault(orderId);
        var process = _processByOrder.GetValueOrDefault(orderId);
        var request = Tree(create);
        var handling = create?.TraceId == process?.TraceId ? request : Tree(process);
        return OrderTrace.Judge(orderId, request, create, handling, process);
    }

    private SpanTree Tree(TraceSpan? span) => new(span is null ? [] : _byTrace[span.TraceId]);
}
