namespace LlmCostModel.Budgets.Tests.Simulation;

/// <summary>A clock that is wrong by some time, and whose timers are events of the world.</summary>
internal sealed class SimulatedClock(SimulatedWorld world, long skew) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 11, 28, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A world goes on for as long as something will happen, so the end of a run must not be waited for.</summary>
    private static readonly TimeSpan LongerThanAWorld = TimeSpan.FromDays(1);

    /// <summary>How wrong it is, in milliseconds.</summary>
    internal long Skew { get; set; } = skew;

    /// <summary>Whether it stands still with its process: no timer fires any more.</summary>
    internal bool IsDead { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start.AddMilliseconds(world.Now + Skew);

    public override long GetTimestamp() => world.Now * TimeSpan.TicksPerMillisecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        SimulatedTimer timer = new(this, world, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SimulatedTimer(SimulatedClock clock, SimulatedWorld world, Action fire) : ITimer
    {
        private int _life;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            int life = ++_life;
            if (dueTime != Timeout.InfiniteTimeSpan && dueTime < LongerThanAWorld)
            {
                world.After((long)Math.Ceiling(dueTime.TotalMilliseconds), () =>
                {
                    if (life == _life && !clock.IsDead)
                    {
                        fire();
                    }
                });
            }

            return true;
        }

        public void Dispose() => _life++;

        public ValueTask DisposeAsync()
        {
            _life++;
            return default;
        }
    }
}
