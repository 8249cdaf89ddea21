namespace LlmCostModel.Planning;

/// <summary>The sums of one line on one day.</summary>
internal sealed class DaySums
{
    private readonly long[] _tokens = new long[TokenBuckets.All.Length];

    internal long Calls { get; private set; }

    /// <summary>What the calls cost, each at its own time.</summary>
    internal decimal Amount { get; private set; }

    internal ReadOnlySpan<long> Tokens => _tokens;

    /// <summary>What was consumed besides tokens; null for nothing.</summary>
    internal SortedDictionary<string, decimal>? Meters { get; private set; }

    internal void Add(long calls, in TokenUsage usage, MeteredQuantities meters, decimal amount)
    {
        checked
        {
            Calls += calls;
            for (int i = 0; i < _tokens.Length; i++)
            {
                _tokens[i] += usage[(TokenBucket)i];
            }
        }

        Amount += amount;
        foreach ((string name, decimal quantity) in meters.Count == 0 ? [] : meters)
        {
            Meters ??= new(StringComparer.Ordinal);
            Meters[name] = Meters.GetValueOrDefault(name) + quantity;
        }
    }
}
