using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Throughline.Server.Internal.Access;

namespace Throughline.Server.Tests.Access;

public sealed class RequestClockTests
{
    private readonly StandingTime _time = new();

    [Fact]
    public async Task A_server_is_idle_since_its_last_answer_and_not_while_it_answers()
    {
        var clock = new RequestClock(_time);
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var application = new ApplicationBuilder(new ServiceCollection().BuildServiceProvider());
        clock.Use(application);
        application.Run(_ =>
        {
            begun.SetResult();
            return end.Task;
        });
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.FromMinutes(2), clock.IdleTime);

        var request = application.Build()(new DefaultHttpContext());
        await begun.Task;
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(TimeSpan.Zero, clock.IdleTime);

        end.SetResult();
        await request;
        Assert.Equal(TimeSpan.Zero, clock.IdleTime);
        _time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.FromSeconds(7), clock.IdleTime);
    }

    /// <summary>Goes on only where the test says so.</summary>
    private sealed class StandingTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
