using Throughline.TestServers;

[assembly: AssemblyFixture(typeof(EmbeddedKafka))]
[assembly: AssemblyFixture(typeof(OneNodeKafka))]
