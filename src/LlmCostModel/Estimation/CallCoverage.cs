using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What a call costs, apart: at list prices, what of it pools cover that are paid for already, and what is to be paid. The type is
/// immutable.</summary>
/// <remarks><see cref="Covered"/> and <see cref="Paid"/> add up to <see cref="PricedCall.Totals"/>.</remarks>
[JsonConverter(typeof(JsonValueConverter<CallCoverage>))]
public sealed record CallCoverage : IJsonValue<CallCoverage>
{
    private readonly EquatableArray<Money> _listTotals;
    private readonly EquatableArray<Money> _covered;
    private readonly EquatableArray<Money> _paid;
    private readonly EquatableArray<PoolDraw> _draws;

    /// <summary>Gets what the call costs at list prices, without overlays and pools, by currency.</summary>
    public required ImmutableArray<Money> ListTotals { get => _listTotals; init => _listTotals = value; }

    /// <summary>Gets what pools cover, by currency; empty when none does, or what they cover has no price.</summary>
    public required ImmutableArray<Money> Covered { get => _covered; init => _covered = value; }

    /// <summary>Gets what is left to pay, by currency; a lower bound unless <see cref="IsPaidKnown"/>.</summary>
    public required ImmutableArray<Money> Paid { get => _paid; init => _paid = value; }

    /// <summary>Gets whether <see cref="Paid"/> is all that is left to pay: the call is wholly priced, or pools cover the rest.</summary>
    public required bool IsPaidKnown { get; init; }

    /// <summary>Gets what was drawn from which pool, in order; empty when nothing was.</summary>
    public ImmutableArray<PoolDraw> Draws { get => _draws; init => _draws = value; }

    /// <summary>Shows what is covered and what is paid, in the invariant culture.</summary>
    /// <returns>Such as <c>0.3 USD covered, 0.2 USD paid</c>.</returns>
    public override string ToString() =>
        $"{Text(Covered)} covered, {(IsPaidKnown ? "" : "at least ")}{Text(Paid)} paid";

    private static string Text(ImmutableArray<Money> sums) => sums.IsEmpty ? "nothing" : string.Join(" + ", sums);

    private static readonly JsonObject<CallCoverage> Shape = new JsonObject<CallCoverage>(
        () => new() { ListTotals = [], Covered = [], Paid = [], IsPaidKnown = false })
        .Optional("listTotals", JsonOf.Array(JsonOf.Value<Money>()),
            value => value.ListTotals, (owner, value) => owner with { ListTotals = value })
        .Optional("covered", JsonOf.Array(JsonOf.Value<Money>()), value => value.Covered, (owner, value) => owner with { Covered = value })
        .Optional("paid", JsonOf.Array(JsonOf.Value<Money>()), value => value.Paid, (owner, value) => owner with { Paid = value })
        .Required("isPaidKnown", JsonOf.Flag, value => value.IsPaidKnown, (owner, value) => owner with { IsPaidKnown = value })
        .Optional("draws", JsonOf.Array(JsonOf.Value<PoolDraw>()), value => value.Draws, (owner, value) => owner with { Draws = value });

    static JsonConverter<CallCoverage> IJsonValue<CallCoverage>.Json => Shape;
}
