namespace ShopServices;

/// <summary>Which of the services this process is.</summary>
internal enum Role
{
    /// <summary>Charges cards, inside each order's trace.</summary>
    Billing,

    /// <summary>Writes down what was ordered, with spans by hand that belong to no trace.</summary>
    Audit,
}
