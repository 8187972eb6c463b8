using Throughline.Dashboard.Internal.Orphans;
using Throughline.Server.Internal.Assemble;
using Throughline.TestServers;

namespace Throughline.Dashboard.Tests.Orphans;

public sealed class FixTests
{
    [Fact]
    public void CSharp_of_the_fixes_is_the_code_that_is_compiled()
    {
        var root = ServersFolder.RepositoryRoot()!;
        var compiled = Regions(File.ReadAllLines(Path.Combine(root, "tests", "Throughline.Dashboard.Tests", "Orphans", "FixSnippets.cs")));
        var shown = Directory.GetFiles(Path.Combine(root, "src", "Throughline.Dashboard", "Fixes"), "*.cs")
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => File.ReadAllText(file).TrimEnd(), StringComparer.Ordinal);
        Assert.Equal(compiled.OrderBy(one => one.Key, StringComparer.Ordinal), shown.OrderBy(one => one.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(OrphanCause.ConsumerNotExtracting)]
    [InlineData(OrphanCause.ProducerNotInstrumented)]
    [InlineData(OrphanCause.HeaderMalformed)]
    [InlineData(OrphanCause.HeaderOverwritten)]
    internal void What_code_mends_is_there_for_every_client(OrphanCause cause) =>
        Assert.Equal(FixClient.All, Fixes.Of(cause).Where(fix => fix.Client is not null).Select(fix => fix.Client!));

    [Fact]
    public void Every_cause_but_one_that_passes_has_a_fix_for_everybody()
    {
        foreach (var cause in Enum.GetValues<OrphanCause>().Where(cause => cause != OrphanCause.ParentInFlight))
        {
            Assert.All(FixClient.All, client => Assert.NotEmpty(Fixes.For(Fixes.Of(cause), client).Text));
        }

        Assert.Empty(Fixes.Of(OrphanCause.ParentInFlight));
    }

    [Theory]
    [InlineData(ClientFamily.Throughline, "TracingConsumerBuilder")]
    [InlineData(ClientFamily.DotNet, "Propagators.DefaultTextMapPropagator.Extract")]
    [InlineData(ClientFamily.Java, "-javaagent")]
    [InlineData(ClientFamily.Python, "ConfluentKafkaInstrumentor().instrument()")]
    [InlineData(ClientFamily.Node, "KafkaJsInstrumentation")]
    internal void Client_that_wrote_the_span_gets_its_own_fix(ClientFamily family, string code) =>
        Assert.Contains(code, Fixes.For(Fixes.Of(OrphanCause.ConsumerNotExtracting), FixClient.Of(family)).Text, StringComparison.Ordinal);

    [Fact]
    public void Client_without_a_fix_of_its_own_gets_the_one_for_all() =>
        Assert.Contains("OTEL_TRACES_SAMPLER", Fixes.For(Fixes.Of(OrphanCause.ParentSampledOut), FixClient.Of(ClientFamily.Node)).Text, StringComparison.Ordinal);

    private static Dictionary<string, string> Regions(string[] lines)
    {
        var regions = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Trim().Split(' ') is not ["#region", var name])
            {
                continue;
            }

            var body = lines.Skip(i + 1).TakeWhile(line => line.Trim() != "#endregion").ToList();
            var indentation = body.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
            regions[name] = string.Join('\n', body.Select(line => line.Length > 0 ? line[indentation..] : line));
        }

        return regions;
    }
}
