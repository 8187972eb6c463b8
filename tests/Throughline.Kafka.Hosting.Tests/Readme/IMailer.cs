namespace Throughline.Kafka.Hosting.Tests.Readme;

/// <summary>A service of the application's.</summary>
public interface IMailer
{
    Task SendAsync(string text, CancellationToken cancellationToken);
}
