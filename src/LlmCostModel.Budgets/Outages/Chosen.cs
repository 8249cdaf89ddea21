using LlmCostModel.Budgets.Stores;

namespace LlmCostModel.Budgets.Outages;

/// <summary>Commands that a store hears later, or again: each keeps the windows of the instant at which its call was admitted.</summary>
internal static class Chosen
{
    internal static ReserveCommand Reserve(ReserveCommand command, long at) => new()
    {
        Id = command.Id,
        Charges = Charges(command.Charges.Span, at),
        TimeToLive = command.TimeToLive,
        States = default,
    };

    internal static SettleCommand Settle(SettleCommand command, long at) => new()
    {
        Id = command.Id,
        Charges = Charges(command.Charges.Span, at),
        IsCorrection = command.IsCorrection,
        Entry = command.Entry,
    };

    /// <summary>What a call costs even if nobody reads its answer, as a settlement.</summary>
    internal static SettleCommand Floors(ReserveCommand held)
    {
        AccountCharge[] floors = held.Charges.ToArray();
        foreach (ref AccountCharge charge in floors.AsSpan())
        {
            charge = charge with { Amount = charge.Floor, Floor = 0 };
        }

        return new() { Id = held.Id, Charges = floors };
    }

    private static AccountCharge[] Charges(ReadOnlySpan<AccountCharge> charges, long at)
    {
        AccountCharge[] chosen = charges.ToArray();
        foreach (ref AccountCharge charge in chosen.AsSpan())
        {
            if (charge.Period.IsChosen)
            {
                continue;
            }

            // An instant in neither window was not the one at which the store admitted the call; then the caller's window counts.
            charge = charge with { Period = (charge.Period.TryFind(at, out AccountPeriod window) ? window : charge.Period).Chosen() };
        }

        return chosen;
    }
}
