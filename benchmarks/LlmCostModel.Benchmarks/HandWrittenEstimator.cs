namespace LlmCostModel.Benchmarks;

/// <summary>The baseline: the formula that a .NET developer writes by hand. It knows no tiers, dates, status or overflow.</summary>
internal sealed class HandWrittenEstimator
{
    private const decimal Million = 1_000_000m;

    private readonly Dictionary<string, Pricing> _models = [];

    public void Add(string id, Pricing pricing) => _models[id] = pricing;

    public decimal Estimate(string id, in TokenUsage usage)
    {
        Pricing pricing = _models[id];
        return (usage.Input / Million * pricing.Input)
            + (usage.CacheRead / Million * pricing.CacheRead)
            + (usage.CacheWrite5m / Million * pricing.CacheWrite5m)
            + (usage.CacheWrite1h / Million * pricing.CacheWrite1h)
            + (usage.Output / Million * pricing.Output)
            + (usage.Reasoning / Million * pricing.Reasoning);
    }

    /// <summary>The careful form: exact products are summed, and divided once.</summary>
    public decimal EstimateCarefully(string id, in TokenUsage usage)
    {
        Pricing pricing = _models[id];
        return ((usage.Input * pricing.Input)
            + (usage.CacheRead * pricing.CacheRead)
            + (usage.CacheWrite5m * pricing.CacheWrite5m)
            + (usage.CacheWrite1h * pricing.CacheWrite1h)
            + (usage.Output * pricing.Output)
            + (usage.Reasoning * pricing.Reasoning)) / Million;
    }

    public decimal EstimateThree(string id, in TokenUsage usage)
    {
        Pricing pricing = _models[id];
        return (usage.Input / Million * pricing.Input)
            + (usage.CacheRead / Million * pricing.CacheRead)
            + (usage.Output / Million * pricing.Output);
    }

    internal sealed record Pricing(
        decimal Input,
        decimal CacheRead,
        decimal CacheWrite5m,
        decimal CacheWrite1h,
        decimal Output,
        decimal Reasoning);
}
