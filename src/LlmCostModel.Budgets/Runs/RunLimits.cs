using System.Collections.Immutable;
using System.Globalization;

namespace LlmCostModel.Budgets.Runs;

/// <summary>From what a run may spend to accounts of the store.</summary>
internal static class RunLimits
{
    /// <summary>No name of a budget has a slash, so none of its accounts can begin with one.</summary>
    private const string Prefix = "/run/";

    /// <exception cref="ArgumentException">A limit is out of its range.</exception>
    internal static ImmutableArray<RunPlan.Limit> Read(BudgetRunOptions options, RunRules rules)
    {
        ImmutableArray<RunPlan.Limit>.Builder limits = ImmutableArray.CreateBuilder<RunPlan.Limit>();
        if (options.Money is { } money)
        {
            if (!IsCurrency(money.Currency))
            {
                throw new ArgumentException(
                    $"'{money.Currency}' is not an ISO 4217 currency code. Write a code such as USD, EUR or CNY.", nameof(options));
            }

            Add(BudgetUnit.Money, money.Amount, money.Currency);
        }

        if (options.Tokens is { } tokens)
        {
            Add(BudgetUnit.Tokens, tokens);
        }

        if (options.Calls is { } calls)
        {
            Add(BudgetUnit.Calls, calls);
        }

        if (options.CallTime is { } time)
        {
            Add(BudgetUnit.Seconds, (decimal)time.Ticks / TimeSpan.TicksPerSecond);
        }

        return limits.ToImmutable();

        void Add(BudgetUnit unit, decimal amount, string currency = "") => limits.Add(new(unit, currency, Units(amount, unit, rules)));
    }

    internal static bool IsCurrency(string? code) => code is { Length: 3 } && code.All(char.IsAsciiLetterUpper);

    /// <summary>What a run counts: its own limits, and without a limit what the run above it counts.</summary>
    internal static ImmutableArray<RunLimit> Of(RunPlan plan, ImmutableArray<RunLimit> above, RunRules rules)
    {
        BudgetWindow window = BudgetWindow.Once(plan.StartedAt, plan.EndsAt);
        RunLimit[] own = [.. plan.Limits.Select(limit => Make(limit.Unit, limit.Currency, limit.Amount))];
        return
        [
            .. own,
            .. above.Where(one => !own.Any(one.IsLike)).Select(one => Make(one.Budget.Unit, one.Budget.Currency, null)),
        ];

        RunLimit Make(BudgetUnit unit, string currency, long? limit)
        {
            Budget budget = new()
            {
                Name = $"run/{plan.Id}",
                Run = plan.Id,
                Unit = unit,
                Currency = currency,
                Limit = limit,
                LocalLimit = limit is { } whole ? (long)decimal.Floor(whole * rules.LocalShare) : null,
                Window = window,
                Mode = BudgetMode.Enforce,
                Per = [],
                IsOptional = false,
                MaxRollover = 0,
                MaxAmount = rules.MaxAmount,
                RollsFrom = DateTimeOffset.MaxValue,
            };
            return new(budget, $"{Prefix}{plan.Key}/{(unit == BudgetUnit.Money ? currency : unit)}", plan.WrapUpAt);
        }
    }

    private static long Units(decimal amount, BudgetUnit unit, RunRules rules)
    {
        try
        {
            long units = Budget.ToUnits(amount, unit);
            if (units >= 0 && units <= rules.MaxAmount && Budget.FromUnits(units, unit) == amount)
            {
                return units;
            }
        }
        catch (OverflowException)
        {
            // Said below.
        }

        decimal most = Budget.FromUnits(rules.MaxAmount, unit), least = Budget.FromUnits(1, unit);
        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"The limit of a run is {amount} ({unit}). It is 0 to {most:0.#########}, ")
                + string.Create(CultureInfo.InvariantCulture, $"in whole parts of {least:0.#########}."));
    }
}
