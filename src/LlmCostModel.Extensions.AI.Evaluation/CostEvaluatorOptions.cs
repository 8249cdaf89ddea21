namespace LlmCostModel.Extensions.AI.Evaluation;

/// <summary>How a <see cref="CostEvaluator"/> prices and judges.</summary>
public sealed class CostEvaluatorOptions
{
    /// <summary>Gets or sets what a scenario may cost at most. What is not wholly known, or in another currency, does not pass.</summary>
    /// <value><see langword="null"/> by default: a cost is stated, not judged.</value>
    public Money? MaximumCost { get; set; }

    /// <summary>Gets or sets what decides prices and is not in responses that no tracked client made: provider, region, tier, and the
    /// instant where they state none.</summary>
    /// <value>Empty by default.</value>
    public CallContext Context { get; set; }
}
