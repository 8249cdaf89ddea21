namespace LlmCostModel.Budgets.Alerts;

/// <summary>What one window of an account had spent, as far as this process has seen it: at most one number a minute of the
/// last ten.</summary>
internal sealed class SpendHistory(long start)
{
    private const long Minute = 60_000;
    private const int Minutes = 10;

    private readonly Queue<(long At, long Spent)> _samples = new();
    private long? _lastSample;

    internal long Start { get; } = start;

    internal long LastSpent { get; private set; } = long.MaxValue;

    /// <summary>Whether an overrun was foreseen, and a spike seen, of which one alert in a window is enough.</summary>
    internal bool SaidOverrun { get; set; }

    internal bool SaidSpike { get; set; }

    /// <summary>By how much more is spent for the time in the last ten minutes than before in the window; <see langword="null"/> when less
    /// than half an hour of it is over, or nothing was spent before.</summary>
    internal decimal? Growth(long now, long spent)
    {
        if (now - Start < 3 * Minutes * Minute
            || !_samples.TryPeek(out var then)
            || now - then.At < Minutes * Minute * 9 / 10
            || then.Spent <= 0)
        {
            return null;
        }

        decimal before = (decimal)then.Spent / (then.At - Start), recent = (decimal)(spent - then.Spent) / (now - then.At);
        return recent / before;
    }

    internal void Add(long now, long spent)
    {
        LastSpent = spent;
        if (now >= _lastSample && now - _lastSample < Minute)
        {
            return;
        }

        _lastSample = now;
        _samples.Enqueue((now, spent));
        while (_samples.TryPeek(out var first) && now - first.At > Minutes * Minute)
        {
            _samples.Dequeue();
        }
    }
}
