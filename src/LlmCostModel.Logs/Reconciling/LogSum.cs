namespace LlmCostModel.Logs;

/// <summary>What calls have in common whose sum has a price: one model, asked for in one way, at the same prices.</summary>
/// <param name="ModelId">The id that was priced.</param>
/// <param name="Context">What else decided the price, without the instant.</param>
/// <param name="Period">The beginning of the time in which prices stay as they are.</param>
/// <param name="Size">Which thresholds of size a call exceeds, a bit each.</param>
internal readonly record struct LogSumKey(string ModelId, CallContext Context, long Period, ulong Size);

/// <summary>The sum of such calls.</summary>
internal sealed class LogSum(LogSumKey key, DateTimeOffset at, string? rateCard, string model, TokenUsage sample)
{
    private readonly ExactSum[] _byBucket = new ExactSum[TokenBuckets.All.Length];
    private ExactSum _amount;

    public LogSumKey Key => key;

    /// <summary>How the calls were made, at the instant of the first.</summary>
    public CallContext Context => key.Context with { At = at };

    /// <summary>The rate card that has the prices.</summary>
    public string? RateCard => rateCard;

    /// <summary>The canonical id.</summary>
    public string Model => model;

    /// <summary>What one of the calls consumed: its size is that of all.</summary>
    public TokenUsage Sample => sample;

    public TokenUsage Usage { get; private set; }

    public MeteredQuantities Meters { get; private set; } = MeteredQuantities.Empty;

    public long Calls { get; private set; }

    public decimal Amount => _amount.ToDecimal(out _);

    /// <summary>What they cost by kind of tokens.</summary>
    public decimal AmountOf(TokenBucket bucket) => _byBucket[(int)bucket].ToDecimal(out _);

    public void Add(PricedPart part, decimal amount)
    {
        Usage += part.Usage ?? default;
        Meters += part.Meters;
        Calls++;
        _amount.Add(amount);
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            _byBucket[(int)row.Bucket].Add(part.Estimate.GetAmount(row.Bucket) ?? 0);
        }
    }
}
