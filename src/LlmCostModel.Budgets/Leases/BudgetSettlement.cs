using System.Collections.Immutable;

namespace LlmCostModel.Budgets;

/// <summary>How a call was counted. The type is immutable.</summary>
public sealed class BudgetSettlement
{
    internal BudgetSettlement(SettlementRemarks remarks, ImmutableArray<BudgetStatus> budgets) => (Remarks, Budgets) = (remarks, budgets);

    /// <summary>Gets what is remarkable about it.</summary>
    public SettlementRemarks Remarks { get; }

    /// <summary>Gets what the budgets of the call have now, in the order of configuration, and then what its run and those above that
    /// have.</summary>
    public ImmutableArray<BudgetStatus> Budgets { get; }
}
