using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel.Extensions.AI;

/// <summary>What several calls cost together: a sum of <em>costs</em>, one per currency. The type is immutable.</summary>
[JsonConverter(typeof(JsonValueConverter<CostTotals>))]
public sealed record CostTotals : IJsonValue<CostTotals>
{
    private readonly EquatableArray<Money> _amounts;

    /// <summary>Gets the totals of no call.</summary>
    public static CostTotals None { get; } = new();

    /// <summary>Gets how many calls were made.</summary>
    public long Calls { get; init; }

    /// <summary>Gets how many of them were only partly priced.</summary>
    public long Partial { get; init; }

    /// <summary>Gets how many of them were not priced at all.</summary>
    public long Unpriced { get; init; }

    /// <summary>Gets the sum of every currency, sorted by its code; a lower bound unless <see cref="Status"/> is priced. Empty when nothing
    /// was priced.</summary>
    public ImmutableArray<Money> Amounts { get => _amounts; init => _amounts = value; }

    /// <summary>Gets whether all of it is known: priced also when there was no call.</summary>
    public CostStatus Status =>
        Partial == 0 && Unpriced == 0 ? CostStatus.Priced
        : Amounts.IsEmpty ? CostStatus.Unpriced
        : CostStatus.Partial;

    /// <summary>Gets the sum when there is one currency; <see langword="null"/> when nothing was priced or several currencies
    /// were.</summary>
    public Money? Total => Amounts.Length == 1 ? Amounts[0] : null;

    /// <summary>Returns the totals with one more call.</summary>
    /// <param name="cost">The call.</param>
    /// <returns>The new totals.</returns>
    /// <exception cref="OverflowException">No decimal holds the sum exactly.</exception>
    public CostTotals Add(CallCost cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        return this with
        {
            Calls = Calls + 1,
            Partial = Partial + (cost.Status == CostStatus.Partial ? 1 : 0),
            Unpriced = Unpriced + (cost.Status == CostStatus.Unpriced ? 1 : 0),
            Amounts = cost.Priced.Totals.Aggregate(Amounts, Sum),
        };
    }

    /// <summary>Adds calls up.</summary>
    /// <param name="costs">The calls.</param>
    /// <returns>Their totals.</returns>
    /// <exception cref="OverflowException">No decimal holds a sum exactly.</exception>
    public static CostTotals Sum(IEnumerable<CallCost> costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        return costs.Aggregate(None, (totals, cost) => totals.Add(cost));
    }

    /// <summary>Shows the sums and how many calls they are of, in the invariant culture.</summary>
    /// <returns>Such as <c>0.0123 USD (5 calls)</c> or <c>at least 0.01 USD (5 calls, 1 unpriced)</c>.</returns>
    public override string ToString()
    {
        string amount = Amounts.IsEmpty
            ? (Calls == 0 ? "nothing" : "unpriced")
            : (Status == CostStatus.Priced ? "" : "at least ") + string.Join(" + ", Amounts);
        string gaps =
            (Partial > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Partial} partly priced") : "")
            + (Unpriced > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Unpriced} unpriced") : "");
        return string.Create(CultureInfo.InvariantCulture, $"{amount} ({Calls} {(Calls == 1 ? "call" : "calls")}{gaps})");
    }

    private static ImmutableArray<Money> Sum(ImmutableArray<Money> amounts, Money more)
    {
        for (int i = 0; i < amounts.Length; i++)
        {
            if (amounts[i].Currency == more.Currency)
            {
                return amounts.SetItem(i, amounts[i] + more);
            }
        }

        return amounts.Add(more).Sort((left, right) => string.CompareOrdinal(left.Currency, right.Currency));
    }

    private static readonly JsonObject<CostTotals> Shape = new JsonObject<CostTotals>(() => new())
        .Optional("calls", JsonOf.Int64, value => value.Calls, (owner, value) => owner with { Calls = value })
        .Optional("partial", JsonOf.Int64, value => value.Partial, (owner, value) => owner with { Partial = value })
        .Optional("unpriced", JsonOf.Int64, value => value.Unpriced, (owner, value) => owner with { Unpriced = value })
        .Optional("amounts", JsonOf.Array(JsonOf.Value<Money>()),
            value => value.Amounts, (owner, value) => owner with { Amounts = value });

    static JsonConverter<CostTotals> IJsonValue<CostTotals>.Json => Shape;
}
