using LlmCostModel.Budgets.Outages;
using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets;

/// <summary>What this process holds of runs by itself, of which the store knows nothing: leases that it admitted while the store was away
/// and that are open yet. The store is asked to leave room for them, and they are shown as held.</summary>
internal sealed class Lent
{
    private readonly long[] _amounts;

    private Lent(long[] amounts) => _amounts = amounts;

    /// <returns><see langword="null"/> when it is nothing.</returns>
    internal static Lent? Of(BudgetClaim claim, AccountCharge[] charges, StoreLink link)
    {
        long[]? amounts = null;
        for (int i = 0; claim.Run is not null && i < charges.Length; i++)
        {
            if (claim.Budgets[i].OfRun is not null && link.HeldLocally(charges[i]) is > 0 and var held)
            {
                (amounts ??= new long[charges.Length])[i] = held;
            }
        }

        return amounts is null ? null : new(amounts);
    }

    internal AccountCharge[] Below(AccountCharge[] charges) => [.. charges.Select((charge, place) =>
        charge with { Limit = charge.Limit is { } limit ? Math.Max(0, limit - _amounts[place]) : null })];

    internal ReserveReply Above(ReserveReply reply, AccountState[] states)
    {
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = Above(states[i], i);
        }

        return reply.Account < 0 ? reply : ReserveReply.Create(
            reply.Outcome, reply.Stamp, reply.Account, Above(reply.State, reply.Account), reply.Observed);
    }

    private AccountState Above(AccountState state, int place) => AccountState.Create(
        state.Settled, state.Held + _amounts[place], state.Limit + _amounts[place], state.End);
}
