namespace NotificationService;

/// <summary>Posts notifications to NOTIFY_URL. The order's id is the idempotency key, for a repeat after a crash.</summary>
internal sealed class WebhookChannel(HttpClient http, Uri url) : INotificationChannel
{
    private const int AttemptsMax = 3;
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(500);

    public IEnumerable<Guid> AlreadySent() => [];

    public async Task SendAsync(Notification notification)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await PostAsync(notification);
                return;
            }
            catch (HttpRequestException) when (attempt < AttemptsMax)
            {
                await Task.Delay(PauseBetweenAttempts);
            }
        }
    }

    private async Task PostAsync(Notification notification)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = JsonContent.Create(notification, NotificationJson.Default.Notification),
        };
        request.Headers.Add("Idempotency-Key", notification.OrderId.ToString());
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}
