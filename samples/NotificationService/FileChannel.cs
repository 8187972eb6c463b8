using System.Text.Json;

namespace NotificationService;

/// <summary>Appends notifications to NOTIFY_FILE, one JSON line each; the file also tells what was sent before.</summary>
internal sealed class FileChannel(string file) : INotificationChannel
{
    public IEnumerable<Guid> AlreadySent()
    {
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            if (TryParse(line) is { } notification)
            {
                yield return notification.OrderId;
            }
        }
    }

    public Task SendAsync(Notification notification) => File.AppendAllTextAsync(
        file, JsonSerializer.Serialize(notification, NotificationJson.Default.Notification) + "\n");

    private static Notification? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, NotificationJson.Default.Notification);
        }
        catch (JsonException)
        {
            // The last line of a process that was killed while it wrote.
            return null;
        }
    }
}
