namespace LlmCostModel;

/// <summary>Bounds what counts can cost. Prices are linear within the tier that the total input chooses, so the costliest and the cheapest
/// bucket bound every mixture.</summary>
/// <param name="estimator">Has the prices.</param>
/// <param name="model">The model; <see langword="null"/> when none is named.</param>
/// <param name="context">What else decides the price.</param>
internal sealed class RangePrices(ICostEstimator estimator, string? model, CallContext context)
{
    /// <summary>Why a bound is not known, in sentences.</summary>
    internal List<string> Issues { get; } = [];

    internal ModelLimits? Limits =>
        model is not null && estimator.TryGetModel(model, out PricedModel? found, context.Provider) ? found.Limits : null;

    /// <summary>The input at its cheapest, and no output.</summary>
    internal Money? Floor(long input)
    {
        Money? fresh = Price(new TokenUsage { Input = input });
        Money? read = PriceIfKnown(new TokenUsage { CacheRead = input });
        return fresh is { } one && read is { } other && other.Amount < one.Amount ? other : fresh;
    }

    /// <summary>Buckets without a price cannot be used at this model; fresh input and output must have one.</summary>
    internal Money? Costliest(long input, long output)
    {
        if (Price(new TokenUsage { Input = input, Output = output }) is not { } costliest)
        {
            return null;
        }

        foreach (TokenUsage usage in Alternatives(input, output))
        {
            if (PriceIfKnown(in usage) is { } other && other.Amount > costliest.Amount)
            {
                costliest = other;
            }
        }

        return costliest;
    }

    internal Money? Price(in TokenUsage usage)
    {
        PricedCall? priced = Ask(in usage, out string? refusal);
        Issues.AddRange(priced is null ? [refusal!] : priced.Issues.Select(issue => issue.Message));
        return priced is { Status: CostStatus.Priced } ? priced.Total : null;
    }

    private static IEnumerable<TokenUsage> Alternatives(long input, long output)
    {
        yield return new TokenUsage { Input = input, Reasoning = output };
        foreach (TokenBucket bucket in TokenBuckets.CacheWrites)
        {
            TokenUsage written = default(TokenUsage).With(bucket, input);
            yield return written with { Output = output };
            yield return written with { Reasoning = output };
        }
    }

    private Money? PriceIfKnown(in TokenUsage usage) => Ask(in usage, out _) is { Status: CostStatus.Priced } priced ? priced.Total : null;

    /// <summary>What a call would cost; <see langword="null"/> when the estimator throws. A bound that is not known is reported, and breaks
    /// nothing.</summary>
    private PricedCall? Ask(in TokenUsage usage, out string? refusal)
    {
        refusal = null;
        UsageReading reading = new() { Status = UsageStatus.Complete, Origin = UsageOrigin.Application, Model = model, Usage = usage };
        try
        {
            return estimator.Price(new ModelCall { Asked = context, Reading = reading });
        }
        catch (UnpricedException exception) when (exception.Call is { } priced)
        {
            return priced;
        }
        catch (Exception exception) when (exception is OverflowException or InvalidOperationException)
        {
            refusal = exception.Message;
            return null;
        }
    }
}
