using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel.Budgets;

/// <summary>One settlement as a store keeps it (<see cref="Stores.SettleCommand.Entry"/>): who it was for, the calls, what they cost, and
/// what each budget counted. The type is immutable.</summary>
/// <remarks>
/// <para>As JSON it is one line, which <c>llmcost price</c> reads: by the same rates, the calls have the same cost.</para>
/// <para>Tags are kept as they are: who names people in tags keeps their names. What ends without a settlement, by its floor, has no
/// entry.</para>
/// </remarks>
[JsonConverter(typeof(JsonValueConverter<BudgetEntry>))]
public sealed record BudgetEntry : IJsonValue<BudgetEntry>
{
    private readonly EquatableArray<Money> _costs;
    private readonly EquatableArray<BudgetCount> _counted;
    private readonly EquatableArray<ModelCall> _calls;

    /// <summary>Gets the id of the lease, of the call that was recorded without one, or of the correction.</summary>
    public required string Lease { get; init; }

    /// <summary>Gets when it was settled; of a call recorded without a lease, when the call was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets who and what the calls were for. Those of a run have its id as <c>run</c> and that of the first run above it as
    /// <c>run.root</c>, unless the application has tags of these names. With <see
    /// cref="BudgetsOptions.HashTags"/> the values are those of <see cref="BudgetLedger.HashOf"/>.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = EquatableTexts.Of(value); } = EquatableTexts.None;

    /// <summary>Gets what the calls cost, the sum of every currency; without what is not known. Less than 0 only for a
    /// correction.</summary>
    public ImmutableArray<Money> Costs { get => _costs; init => _costs = value; }

    /// <summary>Gets whether a budget counted what was held, because what the calls cost is not known or only in part.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>Gets whether it corrects what was counted before.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>Gets what each budget counted, in the order of configuration, and then what the run and those above it did.</summary>
    public ImmutableArray<BudgetCount> Counted { get => _counted; init => _counted = value; }

    /// <summary>Gets the calls: their model, usage, instant and what else decides their price. Of a settlement by an amount of money alone,
    /// one call that states its cost and no usage.</summary>
    public ImmutableArray<ModelCall> Calls { get => _calls; init => _calls = value; }

    /// <summary>Shows the entry as JSON.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => Shape.ToText(this);

    private static readonly JsonObject<BudgetEntry> Shape = new JsonObject<BudgetEntry>(() => new() { Lease = "", At = default })
        .Required("lease", JsonOf.Text, value => value.Lease, (owner, value) => owner with { Lease = value })
        .Required("at", JsonOf.Instant, value => value.At, (owner, value) => owner with { At = value })
        .Optional("tags", JsonOf.By<IReadOnlyDictionary<string, string>, IReadOnlyList<KeyValuePair<string, string>>>(
                JsonOf.Entries(JsonOf.Text), tags => [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)], EquatableTexts.Of),
            value => value.Tags, (owner, value) => owner with { Tags = value })
        .Optional("costs", JsonOf.Array(JsonOf.Value<Money>()), value => value.Costs, (owner, value) => owner with { Costs = value })
        .Optional("isEstimated", JsonOf.Flag, value => value.IsEstimated, (owner, value) => owner with { IsEstimated = value })
        .Optional("isCorrection", JsonOf.Flag, value => value.IsCorrection, (owner, value) => owner with { IsCorrection = value })
        .Optional("counted", JsonOf.Array(JsonOf.Value<BudgetCount>()),
            value => value.Counted, (owner, value) => owner with { Counted = value })
        .Required("calls", JsonOf.Array(JsonOf.Value<ModelCall>()), value => value.Calls, (owner, value) => owner with { Calls = value });

    static JsonConverter<BudgetEntry> IJsonValue<BudgetEntry>.Json => Shape;
}
