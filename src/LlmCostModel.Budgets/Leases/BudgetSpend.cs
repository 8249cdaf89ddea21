using System.Collections.Immutable;

namespace LlmCostModel.Budgets;

/// <summary>What a call spent, as far as it is known.</summary>
internal sealed class BudgetSpend
{
    private ImmutableArray<Money> _costs = [];
    private bool _isWhole;
    private int _calls = 1;
    private long? _tokens;
    private TimeSpan? _duration;

    internal static BudgetSpend Of(IReadOnlyCollection<PricedCall> calls, TimeSpan? duration)
    {
        long? tokens = 0;
        foreach (PricedPart part in calls.SelectMany(call => call.Parts))
        {
            tokens = tokens is { } sum && part.Usage is { } usage ? Sum(sum, usage) : null;
        }

        return new()
        {
            Calls = calls,
            _calls = calls.Count,
            _costs = [.. calls.SelectMany(call => call.Totals)],
            _isWhole = calls.All(call => call.Status == CostStatus.Priced),
            _tokens = tokens,
            _duration = duration,
        };
    }

    internal static BudgetSpend Of(Money? cost, long? tokens, TimeSpan? duration)
    {
        if (cost is { Amount: < 0 } || tokens < 0 || duration < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(
                nameof(cost), "What a call spent is 0 or more. Use BudgetLedger.CorrectAsync to take something back.");
        }

        return new() { _costs = cost is { } known ? [known] : [], _isWhole = cost is not null, _tokens = tokens, _duration = duration };
    }

    internal bool IsCorrection { get; private init; }

    /// <summary>The calls; none where only an amount is known.</summary>
    internal IReadOnlyCollection<PricedCall> Calls { get; private init; } = [];

    /// <summary>The amount, where only an amount is known.</summary>
    internal Money? StatedCost => Calls.Count == 0 && _costs is [var cost] ? cost : null;

    /// <summary>What is known of the cost: the sum of every currency.</summary>
    internal IEnumerable<Money> Costs => _costs.GroupBy(cost => cost.Currency, StringComparer.Ordinal)
        .OrderBy(same => same.Key, StringComparer.Ordinal)
        .Select(same => new Money(same.Aggregate(0m, (sum, cost) => Sum(sum, cost.Amount)), same.Key));

    internal static BudgetSpend Correction(Money amount) =>
        new() { _costs = [amount], _isWhole = true, _tokens = 0, _duration = TimeSpan.Zero, _calls = 0, IsCorrection = true };

    /// <summary>What a budget counts, in its own unit: what is known, or what was held where that is more or nothing is known.</summary>
    internal decimal For(Budget budget, decimal held, ref SettlementRemarks remarks) => budget.Unit switch
    {
        BudgetUnit.Money => Cost(budget.Currency, held, ref remarks),
        BudgetUnit.Calls => _calls,
        BudgetUnit.Tokens => _tokens is { } tokens ? tokens : Estimate(held, ref remarks),
        _ => _duration is { } duration ? (decimal)duration.Ticks / TimeSpan.TicksPerSecond : Estimate(held, ref remarks),
    };

    private decimal Cost(string currency, decimal held, ref SettlementRemarks remarks)
    {
        decimal known = 0;
        bool isOther = false;
        foreach (Money cost in _costs)
        {
            known = cost.Currency == currency ? Sum(known, cost.Amount) : known;
            isOther |= cost.Currency != currency && cost.Amount != 0;
        }

        remarks |= isOther ? SettlementRemarks.OtherCurrency : SettlementRemarks.None;
        return _isWhole && !isOther ? known : Math.Max(known, Estimate(held, ref remarks));
    }

    /// <summary>The sum; <see langword="null"/> when it is more than can be counted, which nobody knows then.</summary>
    private static long? Sum(long tokens, in TokenUsage usage)
    {
        try
        {
            return tokens + usage.TotalInput + usage.TotalOutput;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>The sum, or the largest amount there is: more than any budget can count either way.</summary>
    private static decimal Sum(decimal one, decimal other)
    {
        try
        {
            return one + other;
        }
        catch (OverflowException)
        {
            return decimal.MaxValue;
        }
    }

    private static decimal Estimate(decimal held, ref SettlementRemarks remarks)
    {
        remarks |= SettlementRemarks.Estimated;
        return held;
    }
}
