using System.Text;
using Confluent.Kafka;

namespace Throughline.Samples.Tests;

internal static class HeaderText
{
    public static string ToText(this Headers headers, string name) =>
        Encoding.UTF8.GetString(Assert.Single(headers, header => header.Key == name).GetValueBytes());
}
