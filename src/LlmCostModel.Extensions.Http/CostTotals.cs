using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace LlmCostModel;

/// <summary>What several calls cost together: a sum of <em>costs</em>, one per currency. The type is immutable.</summary>
/// <remarks>Sums are exact, in whatever order calls are added. Where a decimal cannot hold all digits of one, it is shown rounded half to
/// even at the last that fits, and further calls are added to the exact one. What is written as JSON are the shown ones.</remarks>
[JsonConverter(typeof(JsonValueConverter<CostTotals>))]
public sealed record CostTotals : IJsonValue<CostTotals>
{
    private readonly EquatableArray<Money> _amounts;
    private readonly Uncompared<ImmutableArray<decimal>> _rests; // what the amounts lack of the exact sums; default: nothing

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
    public ImmutableArray<Money> Amounts { get => _amounts; init => (_amounts, _rests) = (value, default); }

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
    /// <exception cref="OverflowException">A sum is beyond the range of <see cref="decimal"/>.</exception>
    public CostTotals Add(CallCost cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        CostTotals counted = Count(cost.Status);
        return cost.Priced.Totals.Aggregate(counted, (totals, amount) => totals.Add(amount));
    }

    /// <summary>The totals with one more call, of which nothing is added up.</summary>
    internal CostTotals Count(CostStatus status) => this with
    {
        Calls = Calls + 1,
        Partial = Partial + (status == CostStatus.Partial ? 1 : 0),
        Unpriced = Unpriced + (status == CostStatus.Unpriced ? 1 : 0),
    };

    /// <summary>Adds calls up.</summary>
    /// <param name="costs">The calls.</param>
    /// <returns>Their totals.</returns>
    /// <exception cref="OverflowException">A sum is beyond the range of <see cref="decimal"/>.</exception>
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

    private ImmutableArray<decimal> Rests { get => _rests.Value; init => _rests = new(value); }

    private CostTotals Add(Money more)
    {
        ImmutableArray<Money> amounts = Amounts;
        ImmutableArray<decimal> rests = Rests.IsDefault ? [.. amounts.Select(_ => 0m)] : Rests;
        int index = 0;
        while (index < amounts.Length && string.CompareOrdinal(amounts[index].Currency, more.Currency) < 0)
        {
            index++;
        }

        if (index == amounts.Length || amounts[index].Currency != more.Currency)
        {
            return this with { Amounts = amounts.Insert(index, more), Rests = rests.Insert(index, 0) };
        }

        ExactSum sum = default;
        sum.Add(amounts[index].Amount);
        sum.Add(rests[index]);
        sum.Add(more.Amount);
        decimal shown = sum.ToDecimal(out _);
        sum.Add(-shown);
        return this with
        {
            Amounts = amounts.SetItem(index, new Money(shown, more.Currency)),
            Rests = rests.SetItem(index, sum.ToDecimal(out _)), // after the amounts, which have none by themselves
        };
    }

    private static readonly JsonObject<CostTotals> Shape = new JsonObject<CostTotals>(() => new())
        .Optional("calls", JsonOf.Int64, value => value.Calls, (owner, value) => owner with { Calls = value })
        .Optional("partial", JsonOf.Int64, value => value.Partial, (owner, value) => owner with { Partial = value })
        .Optional("unpriced", JsonOf.Int64, value => value.Unpriced, (owner, value) => owner with { Unpriced = value })
        .Optional("amounts", JsonOf.Array(JsonOf.Value<Money>()),
            value => value.Amounts, (owner, value) => owner with { Amounts = value });

    static JsonConverter<CostTotals> IJsonValue<CostTotals>.Json => Shape;
}
