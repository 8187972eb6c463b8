using System.Text.Json;
using System.Text.Json.Serialization;

namespace ShopServices;

/// <summary>How events look on the wire.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderEvent))]
internal sealed partial class ShopJson : JsonSerializerContext;
