using System.Collections.Immutable;

namespace LlmCostModel;

/// <summary>Keeps the accounts of what is paid for already: every call draws on the pools that cover it, in their order, until they are
/// used up for the period; the rest is to be paid.</summary>
/// <remarks>
/// In memory, and only of the calls that it is given: give it every call that draws on the pools, each once, in order of time where pools
/// can run out. Thread-safe.
/// </remarks>
public sealed class PoolAccounts
{
    private readonly ImmutableArray<PrepaidPool> _pools;
    private readonly Dictionary<(PrepaidPool Pool, DateTimeOffset Period), (decimal Drawn, long Calls)> _drawn = [];
    private readonly Lock _lock = new();

    /// <summary>Opens accounts that nothing was drawn from.</summary>
    /// <param name="pools">The pools, in the order in which calls draw on them, such as those of
    /// <see cref="LlmCostModelOptions.Pools"/>.</param>
    /// <exception cref="RateCardException">Something about a pool is invalid; all faults are named.</exception>
    public PoolAccounts(IEnumerable<PrepaidPool> pools)
    {
        ArgumentNullException.ThrowIfNull(pools);
        _pools = [.. pools];
        FaultList faults = new();
        CompletenessValidator completeness = new(faults);
        for (int i = 0; i < _pools.Length; i++)
        {
            if (completeness.Validate(_pools[i], $"Pools:{AmountFormat.ToText(i)}"))
            {
                PoolValidator.Validate(faults, _pools[i]);
            }
        }

        if (faults.HasErrors)
        {
            throw new RateCardException(faults.All);
        }
    }

    /// <summary>Gets every pool in every period that was drawn on, by pool and time.</summary>
    public IReadOnlyList<PoolBalance> Balances
    {
        get
        {
            lock (_lock)
            {
                return
                [
                    .. _drawn.OrderBy(pair => _pools.IndexOf(pair.Key.Pool)).ThenBy(pair => pair.Key.Period)
                        .Select(pair => new PoolBalance
                        {
                            Pool = pair.Key.Pool,
                            PeriodFrom = pair.Key.Period,
                            Drawn = pair.Value.Drawn,
                            Calls = pair.Value.Calls,
                        }),
                ];
            }
        }
    }

    /// <summary>Draws a call on the pools that cover it.</summary>
    /// <param name="call">The call.</param>
    /// <returns>What it costs, what of it the pools cover and what is to be paid.</returns>
    public CallCoverage Draw(PricedCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        List<PoolDraw> draws = [];
        MoneySums list = new(), covered = new(), paid = new();
        bool isPaidKnown = true;
        bool isInDoubt = call.Issues.Any(issue => !call.Parts.Any(part => part.Estimate.Issues.Contains(issue))); // of its counts
        lock (_lock)
        {
            foreach (PricedPart part in call.Parts)
            {
                UnpaidPart unpaid = new(part, isInDoubt);
                foreach (PrepaidPool pool in _pools.Where(pool => pool.Covers(call, part)))
                {
                    Draw(pool, unpaid, call.At, draws);
                }

                list.Add(part.ListTotal);
                covered.Add(unpaid.Covered);
                paid.Add(unpaid.Rest);
                isPaidKnown &= unpaid.IsRestKnown;
            }
        }

        return new CallCoverage
        {
            ListTotals = list.ToArray(),
            Covered = covered.ToArray(),
            Paid = paid.ToArray(),
            IsPaidKnown = isPaidKnown,
            Draws = [.. draws],
        };
    }

    private void Draw(PrepaidPool pool, UnpaidPart unpaid, DateTimeOffset at, List<PoolDraw> draws)
    {
        (PrepaidPool Pool, DateTimeOffset Period) account = (pool, pool.PeriodOf(at));
        (decimal before, long calls) = _drawn.GetValueOrDefault(account);
        decimal? left = pool.Amount is { } amount ? Math.Max(0, amount - before) : null;
        if (unpaid.TryTake(pool, left, out decimal? drawn, out string? unit))
        {
            _drawn[account] = (ExactSum.Of(before, drawn ?? 0), calls + 1);
            draws.Add(new PoolDraw { Pool = pool.Name, PeriodFrom = account.Period, Amount = drawn, Unit = unit });
        }
    }
}
