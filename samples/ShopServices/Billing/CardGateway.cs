using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ShopServices.Billing;

/// <summary>
/// Asks a payment provider to check a card. It is the provider's sandbox: as everywhere there are test cards, whose tokens say
/// what becomes of them.
/// </summary>
internal sealed class CardGateway(TimeProvider clock)
{
    public const string Declined = "tok_declined";
    public const string Unreachable = "tok_unreachable";

    /// <summary>The provider answers at the third time of asking.</summary>
    public const string Flaky = "tok_flaky";
    public const string Slow = "tok_slow";

    /// <summary>The bank wants its customer to confirm, who takes as many seconds as the number behind it.</summary>
    public const string Challenged = "tok_3ds_";

    private const int FlakyAnswersAt = 3;
    private const int OrdersMax = 10_000;

    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan SlowTime = TimeSpan.FromMilliseconds(350);
    private static readonly TimeSpan ChallengeMax = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, int> _asked = [];

    /// <exception cref="CardDeclinedException">The bank says no.</exception>
    /// <exception cref="CardGatewayException">The provider does not answer.</exception>
    public async Task CheckAsync(OrderEvent order, CancellationToken cancellationToken)
    {
        using var span = BillingTelemetry.Source.StartActivity("check_card", ActivityKind.Client);
        span?.SetTag("server.address", "cards.example").SetTag("card.token", order.Card).SetTag("card.check", "basic");
        try
        {
            await AnswerAsync(order, span, cancellationToken);
        }
        catch (Exception error) when (error is CardDeclinedException or CardGatewayException)
        {
            span?.SetStatus(ActivityStatusCode.Error, error.Message).SetTag("error.type", error.GetType().FullName);
            throw;
        }
    }

    private Task AnswerAsync(OrderEvent order, Activity? span, CancellationToken cancellationToken) => order.Card switch
    {
        Declined => throw new CardDeclinedException("the bank declines the card: insufficient funds"),
        Unreachable => throw new CardGatewayException("the payment provider did not answer"),
        Flaky when Ask(order.OrderId) < FlakyAnswersAt => throw new CardGatewayException("the payment provider did not answer"),
        Slow => Task.Delay(SlowTime, clock, cancellationToken),
        { } card when ChallengeOf(card) is { } time => ChallengeAsync(time, span, cancellationToken),
        _ => Task.Delay(Usual, clock, cancellationToken),
    };

    private int Ask(Guid order)
    {
        if (_asked.Count >= OrdersMax)
        {
            _asked.Clear();
        }

        return _asked.AddOrUpdate(order, 1, (_, times) => times + 1);
    }

    private static TimeSpan? ChallengeOf(string card) =>
        card.StartsWith(Challenged, StringComparison.Ordinal)
        && int.TryParse(card.AsSpan(Challenged.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= ChallengeMax.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>3-D Secure: nothing goes on before the cardholder has said yes on the bank's page.</summary>
    private async Task ChallengeAsync(TimeSpan time, Activity? span, CancellationToken cancellationToken)
    {
        span?.SetTag("card.check", "3-D Secure challenge")
            .SetTag("card.check.waits_for", "the cardholder, who confirms on the bank's page")
            .AddEvent(new ActivityEvent("challenge sent to the cardholder"));
        await Task.Delay(time, clock, cancellationToken);
        span?.AddEvent(new ActivityEvent("cardholder confirmed"));
    }
}
