using System.Text.Json;
using System.Text.Json.Serialization;

namespace NotificationService;

/// <summary>How events and notifications look on the wire.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderEvent))]
[JsonSerializable(typeof(Notification))]
internal sealed partial class NotificationJson : JsonSerializerContext;
