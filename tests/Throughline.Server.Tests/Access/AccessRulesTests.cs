using System.Net;
using Throughline.Server.Internal.Access;

namespace Throughline.Server.Tests.Access;

public sealed class AccessRulesTests
{
    private const string Ingest = "an ingest key of some length";
    private const string Read = "a read key of some length";

    [Theory]
    [InlineData("127.0.0.1", null, null)]
    [InlineData("::1", null, null)]
    [InlineData("127.0.0.1", Ingest, null)]
    [InlineData("0.0.0.0", Ingest, Read)]
    public void These_addresses_and_keys_go_together(string address, string? ingest, string? read) =>
        _ = new AccessRules(IPAddress.Parse(address), ingest, read, []);

    [Theory]
    [InlineData("0.0.0.0", null, null, "address is 0.0.0.0, which other machines can reach: set ingest-key (--ingest-key, THROUGHLINE_INGEST_KEY) and read-key (--read-key, THROUGHLINE_READ_KEY) as well, or listen on 127.0.0.1.")]
    [InlineData("::", Ingest, null, "address is ::, which other machines can reach: set read-key (--read-key, THROUGHLINE_READ_KEY) as well, or listen on 127.0.0.1.")]
    [InlineData("10.0.0.1", null, Read, "address is 10.0.0.1, which other machines can reach: set ingest-key (--ingest-key, THROUGHLINE_INGEST_KEY) as well, or listen on 127.0.0.1.")]
    [InlineData("127.0.0.1", Read, Read, "ingest-key and read-key are the same: whoever may send must not be able to read. Set two keys.")]
    public void These_do_not_and_the_setting_is_named(string address, string? ingest, string? read, string message)
    {
        var error = Assert.Throws<ServerSettingsException>(() => new AccessRules(IPAddress.Parse(address), ingest, read, []));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Each_side_has_its_own_key()
    {
        var rules = new AccessRules(IPAddress.Any, Ingest, Read, []);
        Assert.True(rules.IsKey(AccessSide.Ingest, Ingest));
        Assert.False(rules.IsKey(AccessSide.Ingest, Read));
        Assert.True(rules.IsKey(AccessSide.Read, Read));
        Assert.False(rules.IsKey(AccessSide.Read, Ingest));
        Assert.False(rules.IsKey(AccessSide.Read, ""));
        Assert.False(new AccessRules(IPAddress.Loopback, null, null, []).IsKey(AccessSide.Read, ""));
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("a.localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("traces.example.org", true)]
    [InlineData("evil.example.org", false)]
    [InlineData("localhost.evil.example.org", false)]
    [InlineData("127.0.0.1.evil.example.org", false)]
    [InlineData("", false)]
    public void Only_names_that_no_page_can_take_are_hosts(string host, bool isHost) =>
        Assert.Equal(isHost, new AccessRules(IPAddress.Loopback, null, null, ["traces.example.org"]).IsHost(host));
}
