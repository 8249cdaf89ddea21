using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What a provider itself says a call cost, exactly as stated.</summary>
/// <remarks>
/// OpenRouter's <c>usage.cost</c> is what it charged your account. With a key of your own (<c>is_byok</c>) that is its fee alone, and the
/// upstream provider charges <see cref="Upstream"/> to your key (https://openrouter.ai/docs/use-cases/usage-accounting, read 2026-11-23).
/// xAI states ticks, 10,000,000,000 to the dollar. Perplexity states <c>usage.cost.total_cost</c>, whose parts it rounds to 5 decimals.
/// </remarks>
[JsonConverter(typeof(JsonValueConverter<ReportedCost>))]
public readonly record struct ReportedCost : IJsonValue<ReportedCost>
{
    /// <summary>Gets what the answering provider charged.</summary>
    public required Money Charged { get; init; }

    /// <summary>Gets whether the upstream call was made with a key of the caller's, who pays it apart.</summary>
    public bool OwnKey { get; init; }

    /// <summary>Gets what the upstream provider charges where the response says so; <see langword="null"/> when it does not.</summary>
    public Money? Upstream { get; init; }

    /// <summary>Gets the whole cost of the call: what was charged, and with an own key the upstream cost as well; <see langword="null"/>
    /// when that part is not stated.</summary>
    public Money? Total => !OwnKey ? Charged : Upstream is { } upstream ? Charged + upstream : null;

    /// <summary>Shows the amounts in the invariant culture.</summary>
    /// <returns>Such as <c>0.03 USD</c> or <c>0.001 USD, and 0.02 USD upstream</c>.</returns>
    public override string ToString() =>
        $"{Charged}" + (Upstream is { } upstream ? $", and {upstream} upstream" : OwnKey ? ", and what is paid upstream" : "");

    private static readonly JsonObject<ReportedCost> Shape = new JsonObject<ReportedCost>(() => default)
        .Required("charged", JsonOf.Value<Money>(), value => value.Charged, (owner, value) => owner with { Charged = value })
        .Optional("ownKey", JsonOf.Flag, value => value.OwnKey, (owner, value) => owner with { OwnKey = value })
        .Maybe("upstream", JsonOf.Value<Money>(), value => value.Upstream, (owner, value) => owner with { Upstream = value });

    static JsonConverter<ReportedCost> IJsonValue<ReportedCost>.Json => Shape;
}
