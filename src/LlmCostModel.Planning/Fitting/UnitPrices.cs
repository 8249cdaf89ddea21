namespace LlmCostModel.Planning;

/// <summary>What a unit of everything costs in a call of usual size at one instant: for statistics, which need one measure of what a day
/// consumed. What is forecast has the prices themselves.</summary>
internal sealed class UnitPrices
{
    private const long Many = 1_000;

    private readonly double[] _tokens = new double[TokenBuckets.All.Length];
    private readonly Dictionary<string, double> _meters = new(StringComparer.Ordinal);
    private readonly HashSet<TokenBucket> _knownTokens = [];
    private readonly HashSet<string> _knownMeters = new(StringComparer.Ordinal);

    internal double this[TokenBucket bucket] => _tokens[(int)bucket];

    internal double this[string meter] => _meters.GetValueOrDefault(meter);

    /// <summary>Whether tokens of a bucket have a price.</summary>
    internal bool Knows(TokenBucket bucket) => _knownTokens.Contains(bucket);

    /// <summary>Whether units of a meter have a price, whatever else a call would have to say.</summary>
    internal bool Knows(string meter) => _knownMeters.Contains(meter);

    internal static UnitPrices Of(PricedModel model, CallContext context, IEnumerable<string> meters)
    {
        UnitPrices prices = new();
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            TokenUsage usage = new TokenUsage().With(row.Bucket, Many);
            CostEstimate estimate = model.Estimate(in usage, in context);
            prices._tokens[(int)row.Bucket] = (double)(estimate.Total?.Amount ?? 0) / Many;
            if (estimate.Status == CostStatus.Priced)
            {
                prices._knownTokens.Add(row.Bucket);
            }
        }

        foreach (string meter in meters)
        {
            MeteredQuantities one = MeteredQuantities.Empty.With(meter, 1);
            CostEstimate estimate = model.Estimate(default, in context, one);
            prices._meters[meter] = (double)(estimate.Total?.Amount ?? 0);
            if (estimate.Status == CostStatus.Priced)
            {
                prices._knownMeters.Add(meter);
            }
        }

        return prices;
    }

    internal double CostOf(Func<TokenBucket, double> tokens, Func<string, double> meters)
    {
        double sum = 0;
        for (int i = 0; i < _tokens.Length; i++)
        {
            sum += _tokens[i] == 0 ? 0 : _tokens[i] * tokens((TokenBucket)i);
        }

        return sum + _meters.Sum(meter => meter.Value * meters(meter.Key));
    }
}
