namespace LlmCostModel.Planning;

/// <summary>What a unit of everything costs in a call of usual size at one instant: for statistics, which need one measure of what a day
/// consumed. What is forecast has the prices themselves.</summary>
internal sealed class UnitPrices
{
    private const long Many = 1_000;

    private readonly double[] _tokens = new double[TokenBuckets.All.Length];
    private readonly Dictionary<string, double> _meters = new(StringComparer.Ordinal);

    internal double this[TokenBucket bucket] => _tokens[(int)bucket];

    internal double this[string meter] => _meters.GetValueOrDefault(meter);

    internal static UnitPrices Of(PricedModel model, CallContext context, IEnumerable<string> meters)
    {
        UnitPrices prices = new();
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            TokenUsage usage = new TokenUsage().With(row.Bucket, Many);
            prices._tokens[(int)row.Bucket] = (double)(model.Estimate(in usage, in context).Total?.Amount ?? 0) / Many;
        }

        foreach (string meter in meters)
        {
            MeteredQuantities one = MeteredQuantities.Empty.With(meter, 1);
            prices._meters[meter] = (double)(model.Estimate(default, in context, one).Total?.Amount ?? 0);
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
