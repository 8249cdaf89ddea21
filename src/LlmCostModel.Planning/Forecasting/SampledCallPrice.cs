namespace LlmCostModel.Planning;

/// <summary>Prices means by calls of many lengths, in whole tokens, where a price does not add up by tokens: minimum charges, marginal
/// rules.</summary>
internal sealed class SampledCallPrice(PricedModel model, CallContext context, LineBuckets buckets, LengthSpread prompts,
    LengthSpread outputs)
    : CallPrice
{
    private const int Calls = 128;

    private readonly double[] _prompts = prompts.Sample(Calls);
    private readonly double[] _outputs = Shuffled(outputs.Sample(Calls));

    internal override decimal GetMean(in CallMeans means)
    {
        decimal sum = 0;
        foreach (decimal amount in Amounts(means))
        {
            sum += amount;
        }

        return sum / Calls;
    }

    internal override double GetVariance(in CallMeans means)
    {
        double[] amounts = [.. Amounts(means).Select(amount => (double)amount)];
        double mean = amounts.Average();
        return mean > 0 ? amounts.Average(amount => (amount - mean) * (amount - mean)) / (mean * mean) : 0;
    }

    /// <summary>What is cut from the tokens of one call is given to the next, so that none is lost.</summary>
    private IEnumerable<decimal> Amounts(CallMeans means)
    {
        double[] rest = new double[buckets.Used.Length + buckets.Meters.Length];
        for (int call = 0; call < Calls; call++)
        {
            TokenUsage usage = default;
            for (int i = 0; i < buckets.Used.Length; i++)
            {
                double tokens = buckets.MeanOf(buckets.Used[i], in means, _prompts[call], _outputs[call], 1) + rest[i];
                rest[i] = tokens - Math.Floor(tokens);
                usage = usage.With(buckets.Used[i], checked((long)Math.Floor(tokens)));
            }

            MeteredQuantities meters = MeteredQuantities.Empty;
            for (int i = 0; i < buckets.Meters.Length; i++)
            {
                meters = buckets.IsMeterUsed[i] ? meters.With(buckets.Meters[i], (decimal)buckets.UnitsOf(i, in means)) : meters;
            }

            yield return model.Estimate(in usage, in context, meters).GetRequiredTotal().Amount;
        }
    }

    /// <summary>Long prompts with short and with long outputs alike.</summary>
    private static double[] Shuffled(double[] lengths)
    {
        new Random(0).Shuffle(lengths);
        return lengths;
    }
}
