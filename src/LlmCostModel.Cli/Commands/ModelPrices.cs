namespace LlmCostModel.Cli.Commands;

/// <summary>What a model charges per 1,000,000 tokens, as a break-even wants it.</summary>
internal sealed class ModelPrices(ICostEstimator estimator, string model, CallContext context)
{
    private const long Million = 1_000_000;

    private static readonly TokenBucket[] Writes = [TokenBucket.CacheWrite5m, TokenBucket.CacheWrite30m, TokenBucket.CacheWrite];

    public string Model => model;

    /// <summary>Plain input per million.</summary>
    public decimal Input => Required(TokenBucket.Input);

    /// <summary>A cache read per million.</summary>
    public decimal Read => Required(TokenBucket.CacheRead);

    /// <summary>A cache write, as a multiple of plain input.</summary>
    public decimal WriteMultiplier(TokenBucket? bucket) => Multiple(bucket is { } one ? Required(one)
        : Writes.Select(Find).FirstOrDefault(price => price is not null)
            ?? Input); // where no price of writes is published, they are input

    /// <summary>A cache read, as a multiple of plain input.</summary>
    public decimal ReadMultiplier => Multiple(Read);

    /// <summary>What of the standard price a batch charges for input.</summary>
    public decimal BatchMultiplier => Multiple(
        Price(TokenBucket.Input, context with { Batch = true }) ?? throw new CliException($"The batch price of '{model}' is not known."));

    /// <summary>Storing a million tokens for an hour.</summary>
    public decimal Storage
    {
        get
        {
            CostEstimate estimate = estimator.Estimate(
                model, default, context, MeteredQuantities.Empty.With(MeterNames.CacheStorageTokenSecond, Million * 3_600m));
            return estimate is { Status: CostStatus.Priced, Total: { } total }
                ? total.Amount
                : throw new CliException($"'{model}' has no price for storing a cache. Give --storage.");
        }
    }

    private decimal Multiple(decimal price) =>
        Input > 0 ? price / Input : throw new CliException($"The input of '{model}' is free, so that nothing is a multiple of it.");

    private decimal Required(TokenBucket bucket) => Find(bucket)
        ?? throw new CliException(string.Join(
            '\n',
            estimator.Estimate(model, default(TokenUsage).With(bucket, Million), context).Issues
                .Select(issue => CommandWords.Of(issue.Message))));

    private decimal? Find(TokenBucket bucket) => Price(bucket, context);

    /// <summary>The price of a call of 1,000 tokens, times 1,000: no price for long prompts is met.</summary>
    private decimal? Price(TokenBucket bucket, CallContext where) =>
        estimator.Estimate(model, default(TokenUsage).With(bucket, 1_000), where) is { Status: CostStatus.Priced, Total: { } total }
            ? total.Amount * 1_000
            : null;
}
