using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderService;

/// <summary>How orders look in requests, answers, the database and the topic.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(NewOrder))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(OrderEvent))]
internal sealed partial class OrderJson : JsonSerializerContext;
