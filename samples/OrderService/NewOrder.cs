using System.Net.Mail;

namespace OrderService;

/// <summary>What a customer posts. Everything may be missing: <see cref="Problems"/> says so by field.</summary>
internal sealed record NewOrder(
    string? Customer, IReadOnlyList<NewOrderItem?>? Items, string? Card = null, bool Express = false, string? Note = null)
{
    private const int CustomerLengthMax = 254;
    private const int ItemsMax = 100;
    private const int CardLengthMax = 64;
    private const int NoteLengthMax = 10_000;

    /// <summary>The total of all items. Call it on a valid order.</summary>
    public decimal Amount => Items!.Sum(item => item!.Quantity!.Value * item.UnitPrice!.Value);

    /// <summary>What is wrong, by field; empty when the order can be accepted.</summary>
    public Dictionary<string, string[]> Problems()
    {
        var problems = new Dictionary<string, string[]>();
        if (Customer is null || Customer.Length > CustomerLengthMax || !IsMailAddress(Customer))
        {
            problems["customer"] = ["must be an e-mail address such as name@example.com"];
        }

        if (Card?.Length > CardLengthMax)
        {
            problems["card"] = [$"must have at most {CardLengthMax} characters"];
        }

        if (Note?.Length > NoteLengthMax)
        {
            problems["note"] = [$"must have at most {NoteLengthMax} characters"];
        }

        if (Items is null || Items.Count is 0 or > ItemsMax)
        {
            problems["items"] = [$"must have 1 to {ItemsMax} items"];
            return problems;
        }

        for (var i = 0; i < Items.Count; i++)
        {
            (Items[i] ?? new NewOrderItem(null, null, null)).AddProblems($"items[{i}]", problems);
        }

        return problems;
    }

    private static bool IsMailAddress(string text) =>
        MailAddress.TryCreate(text, out var parsed) && parsed.Address.Length == text.Length;
}
