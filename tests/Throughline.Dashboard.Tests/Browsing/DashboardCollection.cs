using Throughline.Dashboard.Tests.Fixtures;

namespace Throughline.Dashboard.Tests.Browsing;

/// <summary>Tests that share one server with the shop's run, the demo, and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class DashboardCollection : ICollectionFixture<ShopServer>, ICollectionFixture<DemoRun>, ICollectionFixture<Browser>
{
    public const string Name = "the shop in a browser";
}
