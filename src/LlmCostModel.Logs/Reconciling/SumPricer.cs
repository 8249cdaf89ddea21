namespace LlmCostModel.Logs;

/// <summary>Prices sums of calls by the price of one of them: every call of a sum has the same prices, so that the sum of the products is
/// the product of the sum. Where that is not so (a price that depends on more than the call, a fee for each), there is no price.</summary>
internal sealed class SumPricer(ICostEstimator estimator)
{
    private readonly Dictionary<(string Id, string? Provider), PricedModel?> _models = [];
    private readonly Dictionary<(string? Card, string Model), ModelPricing?> _pricings = [];
    private readonly Dictionary<(string? Card, string Model), TokenThreshold[]> _thresholds = [];
    private readonly Dictionary<(string Id, string? Provider, DateOnly Day), IReadOnlyList<PricePeriod>> _periods = [];

    public IReadOnlyList<RateCard> Cards => estimator.RateCards;

    /// <summary>A model; <see langword="null"/> when it is not known.</summary>
    public PricedModel? Find(string id, string? provider)
    {
        if (!_models.TryGetValue((id, provider), out PricedModel? model))
        {
            _models[(id, provider)] = model = id.Length > 0 && estimator.TryGetModel(id, out PricedModel? found, provider) ? found : null;
        }

        return model;
    }

    /// <summary>The prices of a model of a rate card, as data; <see langword="null"/> when they are not there.</summary>
    public ModelPricing? PricingOf(string? card, string model)
    {
        if (!_pricings.TryGetValue((card, model), out ModelPricing? pricing))
        {
            _pricings[(card, model)] = pricing =
                Cards.FirstOrDefault(one => one.Name == card)?.Models.FirstOrDefault(one => one.Id == model);
        }

        return pricing;
    }

    /// <summary>The thresholds of size in the prices of a model.</summary>
    public TokenThreshold[] ThresholdsOf(string? card, string model)
    {
        if (!_thresholds.TryGetValue((card, model), out TokenThreshold[]? thresholds))
        {
            _thresholds[(card, model)] = thresholds =
            [
                .. PricingOf(card, model)?.Versions.SelectMany(version => version.Rules).SelectMany(rule => rule.When.Tokens)
                    .Distinct().Take(64) ?? [],
            ];
        }

        return thresholds;
    }

    /// <summary>Which thresholds a call meets, a bit each.</summary>
    public static ulong SizeOf(TokenThreshold[] thresholds, in TokenUsage usage)
    {
        ulong size = 0;
        for (int i = 0; i < thresholds.Length; i++)
        {
            TokenThreshold one = thresholds[i];
            long count = one.Basis switch
            {
                TokenBasis.TotalInput => usage.TotalInput,
                TokenBasis.FreshInput => usage.FreshInput,
                _ => usage.TotalOutput,
            };
            bool isMet = one.Comparison switch
            {
                ThresholdComparison.Above => count > one.Tokens,
                ThresholdComparison.From => count >= one.Tokens,
                ThresholdComparison.Below => count < one.Tokens,
                _ => count <= one.Tokens,
            };
            size |= isMet ? 1ul << i : 0;
        }

        return size;
    }

    /// <summary>The times around a day in which the prices of a model stay as they are: from the day before to the day after.</summary>
    public IReadOnlyList<PricePeriod> PeriodsAround(string id, string? provider, DateOnly day)
    {
        if (!_periods.TryGetValue((id, provider, day), out IReadOnlyList<PricePeriod>? periods))
        {
            DateTimeOffset start = new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            periods = Find(id, provider) is { } model && day.Year is > 1900 and < 9000
                ? model.GetPricePeriods(start.AddDays(-1), start.AddDays(2))
                : [];
            _periods[(id, provider, day)] = periods;
        }

        return periods;
    }

    /// <summary>The beginning of the time in which prices stay as they are at an instant.</summary>
    public long PeriodOf(string id, string? provider, DateTimeOffset at)
    {
        foreach (PricePeriod period in PeriodsAround(id, provider, DateOnly.FromDateTime(at.UtcDateTime)))
        {
            if (period.From <= at && at < period.Until)
            {
                return period.From.UtcTicks;
            }
        }

        return at.UtcTicks;
    }

    /// <summary>What the calls of a sum cost as they were made, if prices of the sum are those of its calls; otherwise <see
    /// langword="null"/>.</summary>
    public SumPrice? Own(LogSum sum) => Price(sum, sum.Key.ModelId, sum.Context) is { } own && own.Total == sum.Amount ? own : null;

    /// <summary>What the calls of a sum would cost.</summary>
    /// <param name="sum">The calls.</param>
    /// <param name="id">The model.</param>
    /// <param name="context">How they would be made.</param>
    /// <param name="move">What else they would consume; <see langword="null"/> for what they did.</param>
    /// <param name="sample">A call of the size that all would have; <see langword="null"/> for that of the sum.</param>
    /// <returns>The price; <see langword="null"/> where the sum has none.</returns>
    public SumPrice? Price(
        LogSum sum, string id, in CallContext context, Func<TokenUsage, TokenUsage>? move = null, TokenUsage? sample = null)
    {
        TokenUsage usage = move is null ? sum.Usage : move(sum.Usage);
        TokenUsage one = sample ?? (move is null ? sum.Sample : move(sum.Sample));
        one = WithAllOf(usage, one);
        TokenThreshold[] thresholds = ThresholdsOf(sum.RateCard, sum.Model);
        if (Find(id, context.Provider) is not { } model
            || (sample is null && SizeOf(thresholds, one) != SizeOf(thresholds, move is null ? sum.Sample : move(sum.Sample))))
        {
            return null;
        }

        MeteredQuantities meters = sum.Meters;
        CostReceipt receipt = model.Explain(one, context, meters.Count == 0 ? null : meters);
        if (receipt.Status != CostStatus.Priced)
        {
            return null;
        }

        return Add(receipt, usage, meters);
    }

    /// <summary>Adds the lines of a receipt, with the counts of all calls instead of those of one.</summary>
    private static SumPrice? Add(CostReceipt receipt, in TokenUsage usage, MeteredQuantities meters)
    {
        Dictionary<TokenBucket, decimal> tokens = [];
        ExactSum total = default;
        foreach (ReceiptLine line in receipt.Lines)
        {
            decimal amount = line.Amount;
            if (line.Bucket is { } bucket)
            {
                amount = usage[bucket] * line.Rate / line.Per;
                if (!tokens.TryAdd(bucket, amount))
                {
                    return null; // a part beyond a threshold, whose size only the call tells
                }
            }
            else if (meters[line.Name] == 0)
            {
                return null; // a fee for each call
            }

            total.Add(amount);
        }

        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            if (usage[row.Bucket] != 0 && !tokens.ContainsKey(row.Bucket))
            {
                return null;
            }
        }

        return new(total.ToDecimal(out _), tokens);
    }

    /// <summary>A call as large, with some of every kind of tokens that a sum has.</summary>
    private static TokenUsage WithAllOf(in TokenUsage sum, TokenUsage one)
    {
        foreach (TokenBucketInfo row in TokenBuckets.All)
        {
            if (sum[row.Bucket] > 0 && one[row.Bucket] == 0)
            {
                TokenBucket largest = TokenBuckets.All.Where(other => other.Side == row.Side).Select(other => other.Bucket)
                    .MaxBy(bucket => one[bucket]);
                one = one[largest] > 1 ? one.Move(1, largest, row.Bucket) : one.With(row.Bucket, 1);
            }
            else if (sum[row.Bucket] == 0 && one[row.Bucket] > 0)
            {
                one = one.With(row.Bucket, 0);
            }
        }

        return one;
    }
}
