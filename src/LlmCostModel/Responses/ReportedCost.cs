namespace LlmCostModel;

/// <summary>What a provider itself says a call cost, exactly as stated.</summary>
/// <remarks>
/// OpenRouter's <c>usage.cost</c> is what it charged your account. With a key of your own (<c>is_byok</c>) that is its fee alone, and the
/// upstream provider charges <see cref="Upstream"/> to your key (https://openrouter.ai/docs/use-cases/usage-accounting, read 2026-11-23).
/// xAI states ticks, 10,000,000,000 to the dollar. Perplexity states <c>usage.cost.total_cost</c>, whose parts it rounds to 5 decimals.
/// </remarks>
/// <param name="Charged">What the answering provider charged.</param>
/// <param name="OwnKey">Whether the upstream call was made with a key of the caller's, who pays it apart.</param>
/// <param name="Upstream">What the upstream provider charges where the response says so; <see langword="null"/> when it does not.</param>
public readonly record struct ReportedCost(Money Charged, bool OwnKey, Money? Upstream)
{
    /// <summary>Gets the whole cost of the call: what was charged, and with an own key the upstream cost as well; <see langword="null"/> when that part is not stated.</summary>
    public Money? Total => !OwnKey ? Charged : Upstream is { } upstream ? Charged + upstream : null;
}
