using System.Diagnostics;

namespace OrderService;

/// <summary><c>POST /orders</c> and <c>GET /orders/{id}</c>.</summary>
internal sealed partial class OrderEndpoints(
    OrderStore store, OrderEvents events, TimeProvider time, ILogger<OrderEndpoints> logger)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/orders", CreateAsync);
        routes.MapGet("/orders/{id:guid}", Find);
    }

    /// <summary>
    /// 201: saved, and Kafka has the event. 202: saved, Kafka did not take the event in time, and the outbox sends it as
    /// soon as Kafka does. An event that Kafka will never take is answered so too: the order is saved, and an error is logged.
    /// </summary>
    private async Task<IResult> CreateAsync(HttpRequest request)
    {
        var posted = await NewOrderRequest.ReadAsync(request);
        if (!posted.IsValid)
        {
            return posted.Problem;
        }

        var order = new Order(
            Guid.CreateVersion7(), posted.Order.Customer!, posted.Order.Amount, time.GetUtcNow(), posted.Order.Items!)
        {
            Card = posted.Order.Card,
            Express = posted.Order.Express,
            Note = posted.Order.Note,
        };
        using var span = OrderTelemetry.Source.StartActivity("create_order");
        span?.SetTag("order.id", order.Id.ToString());
        span?.SetTag("order.amount", (double)order.Amount);

        store.Insert(order, span?.Id);
        var announcement = await events.SendAsync(order);
        store.Mark(order.Id, announcement);
        LogCreated(order.Id, order.Amount, announcement, Activity.Current?.TraceId);
        return announcement == Announcement.Sent
            ? TypedResults.Created($"/orders/{order.Id}", order)
            : TypedResults.Accepted($"/orders/{order.Id}", order);
    }

    private IResult Find(Guid id) => store.Find(id) is { } order
        ? TypedResults.Ok(order)
        : TypedResults.Problem($"There is no order {id}.", statusCode: StatusCodes.Status404NotFound);

    [LoggerMessage(1, LogLevel.Information, "Order {OrderId} of {Amount} saved, its event: {Announcement}, trace {TraceId}")]
    private partial void LogCreated(Guid orderId, decimal amount, Announcement announcement, ActivityTraceId? traceId);
}
