namespace LlmCostModel.Budgets.Tests.Simulation;

/// <summary>One thread, one source of chance, one queue of what happens when: the same seed is the same world, to the last step.</summary>
internal sealed class SimulatedWorld(int seed)
{
    private readonly PriorityQueue<Action, (long At, long Order)> _events = new();
    private long _order;

    internal Random Random { get; } = new(seed);

    /// <summary>True time, in milliseconds. Nobody in the world can read it.</summary>
    internal long Now { get; private set; }

    /// <summary>A number that differs when anything differed.</summary>
    internal ulong Trace { get; private set; } = 14695981039346656037;

    internal bool Chance(double share) => Random.NextDouble() < share;

    internal void After(long milliseconds, Action happens) => _events.Enqueue(happens, (Now + Math.Max(0, milliseconds), _order++));

    internal Task Sleep(long milliseconds)
    {
        TaskCompletionSource slept = new(); // continuations run in the world's own thread, at this event
        After(milliseconds, () => slept.SetResult());
        return slept.Task;
    }

    internal bool Step()
    {
        if (!_events.TryDequeue(out Action? happens, out (long At, long Order) key))
        {
            return false;
        }

        Now = key.At;
        happens();
        return true;
    }

    internal void Note(long what)
    {
        Trace = unchecked((Trace ^ (ulong)what ^ ((ulong)Now << 20)) * 1099511628211);
    }
}
