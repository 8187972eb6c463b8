using System.Threading.Channels;
using Throughline.Cli.Demo.Otlp;

namespace Throughline.Cli.Demo.Traces;

/// <summary>Gathers spans until every order's fate is known, or no more come.</summary>
internal sealed class SpanCollector(ChannelReader<IReadOnlyList<TraceSpan>> batches, IReadOnlyList<string> orderIds)
{
    private readonly SpanBook _book = new();
    private readonly HashSet<string> _open = [.. orderIds];

    public int SpanCount => _book.Count;

    /// <summary>Ends when all orders are settled, or when nothing came for <paramref name="quietMax"/>.</summary>
    public async Task CollectAsync(TimeSpan quietMax, Action<int> progress, CancellationToken cancellationToken)
    {
        while (_open.Count > 0)
        {
            try
            {
                foreach (var span in await batches.ReadAsync(cancellationToken).AsTask().WaitAsync(quietMax, cancellationToken))
                {
                    _book.Add(span);
                }
            }
            catch (TimeoutException)
            {
                return;
            }

            _open.ExceptWith(_book.TakeChangedOrders().Where(order => _book.Read(order).IsSettled));
            progress(orderIds.Count - _open.Count);
        }
    }

    /// <summary>What is known of each order, in their order.</summary>
    public IReadOnlyList<OrderTrace> Traces() => [.. orderIds.Select(_book.Read)];
}
