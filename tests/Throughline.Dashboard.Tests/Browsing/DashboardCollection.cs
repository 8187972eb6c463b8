using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Browsing;

/// <summary>Tests that share one server with the shop's run, and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class DashboardCollection : ICollectionFixture<ShopServer>, ICollectionFixture<Browser>
{
    public const string Name = "the shop in a browser";
}
